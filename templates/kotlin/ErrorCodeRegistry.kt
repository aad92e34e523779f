{% include "kotlin/head.kt" %}

/**
 * All platforms of the book in one place. It needs the files of all of them; an app of few platforms leaves it out.
 */
public object {{ prefix }}ErrorCodeRegistry {
    /** What [{{ prefix }}DomainErrorCode.domain] says for each platform, in the order of the book. */
    public val domains: List<String>
        get() = listOf(
            {%- for domain in domains %}
            {{ domain.id }},
            {%- endfor %}
        )

    /** Reads [code] as a code of the platform [domain]; `null` if there is none, or [code] cannot be a code of it. */
    public fun lookup(domain: String, code: String): {{ prefix }}DomainErrorCode? = when (domain) {
        {%- for domain in domains %}
        {{ domain.id }} -> {{ prefix }}{{ domain.type_path }}.parse(code)
        {%- endfor %}
        else -> null
    }

    /** Reads what [{{ prefix }}DomainErrorCode.reference] says, such as `quectel/5003`; `null` where [lookup] gives `null`. */
    public fun parseReference(reference: String): {{ prefix }}DomainErrorCode? {
        val slash = reference.indexOf('/')
        return if (slash < 0) null else lookup(reference.substring(0, slash), reference.substring(slash + 1))
    }
}
