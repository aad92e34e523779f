{% include "kotlin/head.kt" %}

/**
 * An error code of {{ domain.title }}: one of the constants, or a code this file does not know yet.
 * Two values are equal if their codes are.
 */
public class {{ type_name }} private constructor(
    /** The code exactly as received. */
    public val code: {{ code_type }},
) : {{ prefix }}DomainErrorCode, Comparable<{{ type_name }}> {
    override val domain: String get() = DOMAIN

    override val codeText: String get() = code{% if is_text %}{% else %}.toString(){% endif %}

    override val name: String? get() = facts.name(code)

    override val kind: {{ prefix }}ErrorKind get() = facts.kind(code)

    override val condition: {{ prefix }}ErrorCondition? get() = facts.condition(code)

    override val isRetryable: Boolean get() = facts.isRetryable(code)

    override val httpStatus: Int? get() = facts.httpStatus(code)

    override fun message(locale: {{ prefix }}ErrorLocale): String? = when (locale) {
        {%- for locale in domain.locales %}
        {{ prefix }}ErrorLocale.{{ locale.ident }} -> facts.message{{ locale.suffix }}(code)
        {%- endfor %}
    }

    override fun solution(locale: {{ prefix }}ErrorLocale): String? = when (locale) {
        {%- for locale in domain.locales %}
        {{ prefix }}ErrorLocale.{{ locale.ident }} -> facts.solution{{ locale.suffix }}(code)
        {%- endfor %}
    }
    {%- if is_text %}

    /** By code points, as [all] is sorted; [String.compareTo] goes by UTF-16, where others stand before U+E000. */
    override fun compareTo(other: {{ type_name }}): Int = compareTo(other.code)
    {%- else %}

    override fun compareTo(other: {{ type_name }}): Int = code.compareTo(other.code)
    {%- endif %}

    override fun equals(other: Any?): Boolean = other is {{ type_name }} && other.code == code

    override fun hashCode(): Int = code.hashCode()

    /** Message and code, for logs. */
    override fun toString(): String = "${message({{ prefix }}ErrorLocale.{{ fallback }}) ?: "unknown error"} (code $code)"

    private val facts: Facts
        {%- if is_one_range %} get() = Facts0
        {%- else %}
        get() = when {
            {%- for range in ranges %}
            {%- if let Some(last) = range.last %}
            {%- if is_text %}
            compareTo({{ last }}) <= 0 -> Facts{{ range.index }}
            {%- else %}
            code <= {{ last }} -> Facts{{ range.index }}
            {%- endif %}
            {%- else %}
            else -> Facts{{ range.index }}
            {%- endif %}
            {%- endfor %}
        }
        {%- endif %}
    {%- if is_text %}

    private fun compareTo(other: String): Int {
        for (at in 0 until minOf(code.length, other.length)) {
            val one = code[at]
            val two = other[at]
            if (one != two) {
                val isOneBeyond = one.isSurrogate()
                return if (isOneBeyond == two.isSurrogate()) one.compareTo(two) else if (isOneBeyond) 1 else -1
            }
        }
        return code.length.compareTo(other.length)
    }
    {%- endif %}

    public companion object {
        /** What [{{ prefix }}DomainErrorCode.domain] says. */
        public const val DOMAIN: String = {{ domain.id }}

        /** Wraps any code. Never fails: see [isKnown]. */
        public fun fromCode(code: {{ code_type }}): {{ type_name }} = {{ type_name }}(code)
        {%- if is_text %}

        /** Reads a code from text; `null` only if [text] is empty. */
        public fun parse(text: String): {{ type_name }}? = if (text.isEmpty()) null else {{ type_name }}(text)
        {%- else %}

        /** Reads a code from text; `null` if [text] is no plain decimal number in range. */
        public fun parse(text: String): {{ type_name }}? =
            text.to{{ code_type }}OrNull()?.takeIf { it.toString() == text }?.let { {{ type_name }}(it) }
        {%- endif %}

        /** The code with this name, current or former; `null` if there is none. */
        public fun fromName(name: String): {{ type_name }}?
        {%- if has_former_names %} = when (name) {
            {%- for (name, code) in former_names %}
            {{ name }} -> {{ type_name }}({{ code }})
            {%- endfor %}
            else -> all().firstOrNull { it.name == name }
        }
        {%- else %} = all().firstOrNull { it.name == name }
        {%- endif %}

        /** Every code this file describes, in ascending order. */
        public fun all(): List<{{ type_name }}> = buildList({{ domain.count }}) {
            {%- for range in ranges %}
            for (code in Facts{{ range.index }}.codes()) add({{ type_name }}(code))
            {%- endfor %}
        }
        {%- for constant in domain.constants() %}
{% if !constant.other_meanings.is_empty() %}
        /**
         * `{{ constant.code_doc }}`: {{ constant.message }}
         {%- for meaning in constant.other_meanings %}
         *
         * Also documented as: {{ meaning }}
         {%- endfor %}
         */
        {%- else %}
        /** `{{ constant.code_doc }}`: {{ constant.message }} */
        {%- endif %}
        {%- if let Some(deprecated) = constant.deprecated %}
        {%- if let Some(replacement) = deprecated.replacement %}
        @Deprecated({{ deprecated.note }}, ReplaceWith("{{ type_name }}.{{ replacement }}"))
        {%- else %}
        @Deprecated({{ deprecated.note }})
        {%- endif %}
        {%- endif %}
        public val {{ constant.ident }}: {{ type_name }} get() = {{ type_name }}({{ constant.code }})
        {%- endfor %}
    }

    /** What is known of a code. The lookups are cut into ranges, as a method of the JVM must stay small. */
    private abstract class Facts {
        abstract fun codes(): {{ codes_type }}
        abstract fun name(code: {{ code_type }}): String?
        abstract fun kind(code: {{ code_type }}): {{ prefix }}ErrorKind
        open fun condition(code: {{ code_type }}): {{ prefix }}ErrorCondition? = null
        open fun isRetryable(code: {{ code_type }}): Boolean = false
        open fun httpStatus(code: {{ code_type }}): Int? = null
        {%- for locale in domain.locales %}
        abstract fun message{{ locale.suffix }}(code: {{ code_type }}): String?
        {%- endfor %}
        {%- for locale in domain.locales %}
        open fun solution{{ locale.suffix }}(code: {{ code_type }}): String? = null
        {%- endfor %}
    }
    {%- for range in self.facts() %}

{% include "kotlin/facts.kt" %}
    {%- endfor %}
}

/** Thrown for an error answer of {{ domain.title }}. Without a message of its own it says what [code] says. */
public open class {{ exception_name }}(
    code: {{ type_name }},
    message: String? = null,
    cause: Throwable? = null,
) : RuntimeException(message ?: code.toString(), cause) {
    // The JVM can write exceptions as bytes, so this one keeps what is plain data.
    private val rawCode: {{ code_type }} = code.code

    /** The error code. */
    public val code: {{ type_name }} get() = {{ type_name }}.fromCode(rawCode)

    /** The kind of [code]. */
    public val kind: {{ prefix }}ErrorKind get() = code.kind

    /** The condition of [code]. */
    public val condition: {{ prefix }}ErrorCondition? get() = code.condition

    /** Whether [code] is retryable. */
    public val isRetryable: Boolean get() = code.isRetryable
}
