#!/usr/bin/env bash
# Compiles the generated Java package and this consumer with every warning an error, and runs them.
#
# Runs in a folder with `package/` (the generated package) and `consumer/` (this folder, `.in` files expanded).
# Standard output is JSON lines only; exit status 77 says that a compiler is missing.
set -euo pipefail

for tool in javac java javadoc jar; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: install a JDK, version 11 or newer (on Debian: default-jdk-headless)" >&2
    exit 77
  fi
done

# Old Java must read the files, and the documentation must be as clean as the code. Only the JDK's own complaint
# that 8 is old is left out (`options`).
flags=(--release 8 -Xlint:all -Xlint:-options -Werror -encoding UTF-8)
rm -rf build
mkdir -p build/package build/app build/docs build/sources

# The package on its own, as its pom.xml builds it, and its documentation.
find package/src/main/java -name '*.java' | LC_ALL=C sort > build/package.list
javac "${flags[@]}" -Xdoclint:all,-missing -d build/package @build/package.list >&2
jar --create --file build/package.jar -C build/package . >&2
javadoc -quiet -notimestamp -encoding UTF-8 -docencoding UTF-8 -charset UTF-8 -Xdoclint:all,-missing -public \
  -d build/docs @build/package.list > build/javadoc.log 2>&1 || { cat build/javadoc.log >&2; exit 1; }
if grep -E 'warning|error:' build/javadoc.log >&2; then
  exit 1
fi

# The consumer, in the same module as the package's sources; another book has another package.
kinds=$(find package/src/main/java -name '*ErrorKind.java')
has_example() {
  grep -qs ' SMS_CODE_INCORRECT ' "${kinds%/*}/QuectelErrorCode.java" \
    && grep -q ' TOKEN_EXPIRED ' "${kinds%/*}/ErrorCondition.java"
}
package=$(sed -n 's/^package \(.*\);$/\1/p' "$kinds")
for source in consumer/src/*.java; do
  # The example speaks of one vendor's code and of one condition, which a book need not have.
  if [[ $source == */Example.java ]] && ! has_example; then
    echo "Example.java is left out: this book has no SMS_CODE_INCORRECT or no TOKEN_EXPIRED" >&2
    continue
  fi
  sed "s/io\.errbook\.iot/$package/g" "$source" > "build/sources/${source##*/}"
done
javac "${flags[@]}" -d build/app build/sources/*.java @build/package.list >&2

# The same sources in a module of an app that is written in Java 17.
version=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
if has_example && ((version < 17)); then
  echo "modern/ is left out: it needs Java 17, and this is $version" >&2
elif has_example; then
  mkdir -p build/modern
  printf 'module app {\n  exports %s;\n}\n' "$package" > build/modern/module-info.java
  sed "s/io\.errbook\.iot/$package/g" consumer/modern/Modern.java > build/modern/Modern.java
  javac --release 17 -Xlint:all -Werror -encoding UTF-8 -d build/modern/classes \
    build/modern/*.java build/sources/*.java @build/package.list >&2
  java -p build/modern/classes -m app/app.Modern >&2
fi

echo '{"run":"jvm"}'
java -Dfile.encoding=US-ASCII -Duser.language=tr -cp build/app app.Main
if has_example; then
  java -cp build/app app.Example >&2
fi
# Without the JIT, close to a cold start on a phone, and from the jar.
rm -r "build/app/${package//.//}"
echo '{"run":"jvm-interpreted"}'
java -Xint -cp build/app:build/package.jar app.Main
