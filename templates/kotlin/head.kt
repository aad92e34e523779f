@file:Suppress("ktlint", "detekt.all", "unused", "MemberVisibilityCanBePrivate", "RedundantVisibilityModifier", "REDUNDANT_VISIBILITY_MODIFIER", "SpellCheckingInspection")

package {{ package }}
