  {%- if constant.is_plain %}

  /** {% if constant.is_html %}<code>{{ constant.view.code_doc }}</code>{% else %}{@code {{ constant.view.code_doc }}}{% endif %}: {{ constant.view.message }} */
  {%- else %}

  /**
   * {% if constant.is_html %}<code>{{ constant.view.code_doc }}</code>{% else %}{@code {{ constant.view.code_doc }}}{% endif %}: {{ constant.view.message }}
  {%- for meaning in constant.view.other_meanings %}
   *
   * <p>Also documented as: {{ meaning }}
  {%- endfor %}
  {%- if let Some(deprecated) = constant.view.deprecated %}
   *
   * @deprecated {{ deprecated.doc }}
  {%- if let Some(replacement) = deprecated.replacement %}
   * @see {{ type_name }}#{{ replacement }}
  {%- endif %}
  {%- endif %}
   */
  {%- endif %}
  {%- if constant.view.deprecated.is_some() %}
  @Deprecated
  {%- endif %}
