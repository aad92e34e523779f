@file:Suppress("ktlint", "detekt.all", "unused", "MemberVisibilityCanBePrivate", "RedundantVisibilityModifier", "SpellCheckingInspection")

package {{ package }}
