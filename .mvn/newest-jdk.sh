# Sourced by mvnw and lossforge: sets JAVA_HOME to the newest installed JDK, if that is 21 or newer, and leaves it alone
# otherwise. Looks at JAVA_HOME, at the java on the PATH and where package managers put JDKs; starts no JVM to find out.

# Prints the feature version of the JDK in $1, or nothing if no compiler is there.
lossforge_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the home of the java on the PATH, or nothing.
lossforge_path_jdk() {
  lossforge_java=$(command -v java) || return 0
  while [ -L "$lossforge_java" ]; do
    lossforge_link=$(readlink "$lossforge_java")
    case "$lossforge_link" in
      /*) lossforge_java=$lossforge_link ;;
      *) lossforge_java=$(dirname "$lossforge_java")/$lossforge_link ;;
    esac
  done
  dirname "$(dirname "$lossforge_java")"
}

lossforge_newest=20
for lossforge_home in \
  "${JAVA_HOME:-}" \
  "$(lossforge_path_jdk)" \
  /usr/lib/jvm/* \
  /opt/java/* /opt/jdk* \
  "${HOME:-}"/.sdkman/candidates/java/* \
  "${HOME:-}"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home \
  "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
  lossforge_version=$(lossforge_jdk_version "$lossforge_home")
  if [ "${lossforge_version:-0}" -gt "$lossforge_newest" ]; then
    lossforge_newest=$lossforge_version
    JAVA_HOME=$lossforge_home
    export JAVA_HOME
  fi
done
