// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** A language that the texts are written in; {@link #{{ first_locale }}} is the fallback. */
@SuppressWarnings("all")
public enum {{ prefix }}ErrorLocale {
  {%- for locale in view.locales %}
  /** {@code {{ locale.tag_doc }}} */
  {{ locale.ident }}({{ locale.tag }}, {{ locale.language }}, {{ locale.script }}, {{ locale.region }}){% if loop.last %};{% else %},{% endif %}
  {%- endfor %}

  private final String tag;
  private final String language;
  private final String script;
  private final String region;

  {{ prefix }}ErrorLocale(String tag, String language, String script, String region) {
    this.tag = tag;
    this.language = language;
    this.script = script;
    this.region = region;
  }

  /** The BCP 47 language tag. */
  public String tag() {
    return tag;
  }

  /**
   * The best language for a user's locale, as in {@code {{ prefix }}ErrorLocale.of(Locale.getDefault())}: see {@link #match(Iterable)}.
   *
   * @throws NullPointerException if the locale is {@code null}
   */
  public static {{ prefix }}ErrorLocale of(Locale locale) {
    return match(Objects.requireNonNull(locale, "locale").toLanguageTag());
  }

  /** The best language for some BCP 47 tags in order of preference: see {@link #match(Iterable)}. */
  public static {{ prefix }}ErrorLocale match(String... tags) {
    return match(Arrays.asList(tags));
  }

  /**
   * The best language for some BCP 47 tags in order of preference; {@link #{{ first_locale }}} if none of them fits.
   *
   * <p>POSIX forms such as {@code zh_CN.UTF-8} are understood; {@code null} is skipped. The script decides, the
   * region may differ: {@code zh-TW} and {@code zh-HK} mean Traditional Chinese, so they never get Simplified Chinese,
   * but the fallback unless the book has {@code zh-Hant}.
   */
  public static {{ prefix }}ErrorLocale match(Iterable<String> tags) {
    for (String tag : tags) {
      {{ prefix }}ErrorLocale found = tag == null ? null : find(tag);
      if (found != null) {
        return found;
      }
    }
    return {{ first_locale }};
  }

  private static {{ prefix }}ErrorLocale find(String tag) {
    String[] subtags = normalize(tag).split("-", -1);
    String language = subtags[0];
    String script = "";
    String region = "";
    for (int i = 1; i < subtags.length && subtags[i].length() != 1; i++) {
      if (script.isEmpty() && subtags[i].matches("[a-z]{4}")) {
        script = subtags[i];
      } else if (region.isEmpty() && subtags[i].matches("[a-z]{2}|[0-9]{3}")) {
        region = subtags[i];
      }
    }
    String likelyScript = likelyScript(language, region);
    if (script.isEmpty() || likelyScript.isEmpty()) {
      script = likelyScript;
    }
    {{ prefix }}ErrorLocale found = null;
    for ({{ prefix }}ErrorLocale locale : values()) {
      if (locale.language.equals(language) && locale.script.equals(script)) {
        if (locale.region.equals(region)) {
          return locale;
        }
        if (found == null) {
          found = locale;
        }
      }
    }
    return found;
  }

  /** The part before a dot or an at sign, its ASCII letters in lower case, with {@code -} between the subtags. */
  private static String normalize(String tag) {
    StringBuilder normalized = new StringBuilder(tag.length());
    for (char c : tag.toCharArray()) {
      if (c == '.' || c == '@') {
        break;
      }
      normalized.append(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return normalized.toString();
  }

  /** The script of a tag that names none; empty for a language that is written in one script only. */
  private static String likelyScript(String language, String region) {
    {%- for rule in likely_scripts %}
    if (language.equals({{ rule.language }}){% if let Some(region) = rule.region %} && region.equals({{ region }}){% endif %}) {
      return {{ rule.script }};
    }
    {%- endfor %}
    return "";
  }
}
