{% include "kotlin/head.kt" %}

/** What the error codes of all platforms can tell, those included that are not known here: see [isKnown]. */
public interface {{ prefix }}DomainErrorCode {
    /** The identifier of the platform, such as `quectel`. */
    public val domain: String

    /** The code as text, whatever its type is. */
    public val codeText: String

    /** [domain] and [codeText] in one text, such as `quectel/5003`: for logs and reports. */
    public val reference: String get() = "$domain/$codeText"

    /** The stable `snake_case` name; `null` for an unknown code. */
    public val name: String?

    /** Whether the code is described here. */
    public val isKnown: Boolean get() = name != null

    /** Whether the code reports success. */
    public val isSuccess: Boolean get() = kind == {{ prefix }}ErrorKind.OK

    /** The kind of the error, comparable across platforms; [{{ prefix }}ErrorKind.UNKNOWN] for an unknown code. */
    public val kind: {{ prefix }}ErrorKind

    /** The finer meaning that several platforms share, if the code has one; else `null`. */
    public val condition: {{ prefix }}ErrorCondition?

    /** Whether the same request can safely be repeated and may succeed then; `false` for an unknown code. */
    public val isRetryable: Boolean

    /** The HTTP status that the platform documents for it; `null` if it documents none. */
    public val httpStatus: Int?

    /** What has happened, in [locale]; `null` for an unknown code. */
    public fun message(locale: {{ prefix }}ErrorLocale): String?

    /** What the user can do about it, in [locale]; `null` if there is no advice. */
    public fun solution(locale: {{ prefix }}ErrorLocale): String?
}

/**
 * The kind of an error: the seventeen canonical codes of `google.rpc.Code`. The set is closed and in that order, so a
 * `when` can name them all, and `ordinal` is the number of `google.rpc.Code`.
 */
public enum class {{ prefix }}ErrorKind(
    /** The `snake_case` name. */
    public val id: String,
) {
    {%- for kind in support.kinds %}
    /** {{ kind.doc }} */
    {{ kind.ident }}({{ kind.id }}),
    {%- endfor %}
}

/** A language that the texts are written in; [{{ fallback }}] is the fallback. */
public enum class {{ prefix }}ErrorLocale(
    /** The BCP 47 tag. */
    public val tag: String,
    private val language: String,
    private val script: String,
    private val region: String,
) {
    {%- for locale in support.locales %}
    /** `{{ locale.tag_doc }}` */
    {{ locale.ident }}({{ locale.tag }}, {{ locale.language }}, {{ locale.script }}, {{ locale.region }}),
    {%- endfor %}
    ;

    private class LikelyScript(val language: String, val region: String, val script: String)

    public companion object {
        /**
         * The best locale for a user who prefers [tags]: BCP 47 language tags, the most preferred one first.
         * If none of them fits, it is [{{ fallback }}].
         *
         * POSIX forms such as `zh_CN.UTF-8` are understood. The script decides, the region may differ: `zh-TW` and
         * `zh-HK` mean Traditional Chinese, so they never get Simplified Chinese, but the fallback unless the book has
         * `zh-Hant`.
         */
        public fun match(tags: Iterable<String>): {{ prefix }}ErrorLocale = tags.firstNotNullOfOrNull { matchOne(it) } ?: {{ fallback }}

        /** The same for tags one by one: `match("zh-CN", "en")`. */
        public fun match(vararg tags: String): {{ prefix }}ErrorLocale = match(tags.asList())

        private fun matchOne(tag: String): {{ prefix }}ErrorLocale? {
            val subtags = subtagsOf(tag)
            val language = subtags.first()
            // A subtag of one character begins an extension, where the same shapes mean other things.
            val rest = subtags.drop(1).takeWhile { it.length != 1 }
            val region = rest.firstOrNull { it.isLetters(2) || it.isDigits(3) }.orEmpty()
            val likelyScript = likelyScripts.firstOrNull { it.language == language && it.region in setOf(region, "") }
            // The script counts only for languages that are written in several.
            val script = if (likelyScript == null) "" else rest.firstOrNull { it.isLetters(4) } ?: likelyScript.script
            val candidates = entries.filter { it.language == language && it.script == script }
            return candidates.firstOrNull { it.region == region } ?: candidates.firstOrNull()
        }

        /** The subtags in lower case, of what stands before a dot or an at sign. */
        private fun subtagsOf(tag: String): List<String> = buildString {
            for (char in tag.substringBefore('.').substringBefore('@')) {
                append(if (char == '_') '-' else if (char in 'A'..'Z') char + ('a' - 'A') else char)
            }
        }.split('-')

        private fun String.isLetters(count: Int): Boolean = length == count && all { it in 'a'..'z' }

        private fun String.isDigits(count: Int): Boolean = length == count && all { it in '0'..'9' }

        /** The script that a tag without one means; an empty region stands for all others. */
        private val likelyScripts: List<LikelyScript>
            get() = listOf(
                {%- for likely in support.likely_scripts %}
                LikelyScript({{ likely.language }}, {{ likely.region }}, {{ likely.script }}),
                {%- endfor %}
            )
    }
}

/**
 * A meaning that several platforms share and an app can act on: one of the constants, or a name this file does not
 * know yet. Two conditions are equal if their names are.
 */
public class {{ prefix }}ErrorCondition private constructor(
    /** The stable `snake_case` name. */
    public val name: String,
) : Comparable<{{ prefix }}ErrorCondition> {
    /** Whether this file describes the condition. */
    public val isKnown: Boolean get() = title({{ prefix }}ErrorLocale.{{ fallback }}) != null

    /** The kind of the errors under this condition; [{{ prefix }}ErrorKind.UNKNOWN] for an unknown condition. */
    public val kind: {{ prefix }}ErrorKind
        get() = when (name) {
            {%- for condition in support.conditions %}
            {{ condition.name }} -> {{ prefix }}{{ condition.kind }}
            {%- endfor %}
            else -> {{ prefix }}ErrorKind.UNKNOWN
        }

    /** A short heading, in [locale]; `null` for an unknown condition. */
    public fun title(locale: {{ prefix }}ErrorLocale): String? = when (locale) {
        {%- for locale in support.locales %}
        {{ prefix }}ErrorLocale.{{ locale.ident }} -> title{{ locale.suffix }}()
        {%- endfor %}
    }

    /** What has happened, in [locale]; `null` for an unknown condition. */
    public fun description(locale: {{ prefix }}ErrorLocale): String? = when (locale) {
        {%- for locale in support.locales %}
        {{ prefix }}ErrorLocale.{{ locale.ident }} -> description{{ locale.suffix }}()
        {%- endfor %}
    }

    override fun compareTo(other: {{ prefix }}ErrorCondition): Int = name.compareTo(other.name)

    override fun equals(other: Any?): Boolean = other is {{ prefix }}ErrorCondition && other.name == name

    override fun hashCode(): Int = name.hashCode()

    /** The [name]. */
    override fun toString(): String = name
    {%- for texts in titles %}

    private fun title{{ texts.suffix }}(): String? = when (name) {
        {%- for case in texts.cases %}
        {{ case.key }} -> {{ case.text }}
        {%- endfor %}
        else -> null
    }
    {%- endfor %}
    {%- for texts in descriptions %}

    private fun description{{ texts.suffix }}(): String? = when (name) {
        {%- for case in texts.cases %}
        {{ case.key }} -> {{ case.text }}
        {%- endfor %}
        else -> null
    }
    {%- endfor %}

    public companion object {
        /** The condition with this name, current or former. Never fails: see [isKnown]. */
        public fun fromName(name: String): {{ prefix }}ErrorCondition
        {%- if has_former_names %} = when (name) {
            {%- for condition in support.conditions %}
            {%- for former in condition.former_names %}
            {{ former.name }} -> {{ condition.ident }}
            {%- endfor %}
            {%- endfor %}
            else -> {{ prefix }}ErrorCondition(name)
        }
        {%- else %} = {{ prefix }}ErrorCondition(name)
        {%- endif %}

        /** Every condition this file describes, by name. */
        public fun all(): List<{{ prefix }}ErrorCondition> = listOf(
            {%- for condition in support.conditions %}
            {{ condition.ident }},
            {%- endfor %}
        )
        {%- for condition in support.conditions %}

        /** `{{ condition.name_doc }}`: {{ condition.doc }} */
        public val {{ condition.ident }}: {{ prefix }}ErrorCondition get() = {{ prefix }}ErrorCondition({{ condition.name }})
        {%- for former in condition.former_names %}

        /** `{{ condition.name_doc }}`: {{ condition.doc }} */
        @Deprecated({{ former.deprecated.note }}, ReplaceWith("{{ prefix }}ErrorCondition.{{ condition.ident }}"))
        public val {{ former.ident }}: {{ prefix }}ErrorCondition get() = {{ condition.ident }}
        {%- endfor %}
        {%- endfor %}
        {%- for condition in support.retired_conditions %}

        /** `{{ condition.name_doc }}`: {{ condition.doc }} */
        {%- if let Some(replacement) = condition.deprecated.replacement %}
        @Deprecated({{ condition.deprecated.note }}, ReplaceWith("{{ prefix }}ErrorCondition.{{ replacement }}"))
        {%- else %}
        @Deprecated({{ condition.deprecated.note }})
        {%- endif %}
        public val {{ condition.ident }}: {{ prefix }}ErrorCondition get() = {{ prefix }}ErrorCondition({{ condition.name }})
        {%- endfor %}
    }
}
