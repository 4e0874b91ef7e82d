# Sourced by ./run and ./test: finds a JDK 21 or newer and Maven, and exports JAVA_HOME.

readonly NEEDED_JAVA=21

# Prints the feature version of the JDK in a folder, or nothing if it is none (a JRE does not count).
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  if [ -z "$version" ]; then
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' || true)
  fi
  printf '%s' "$version"
}

usable_jdk() {
  local version
  version=$(jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$NEEDED_JAVA" ]
}

# The folder of the JDK that a java program belongs to.
home_of() {
  local program=$1 link
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  (cd "$(dirname "$program")/.." 2>/dev/null && pwd -P) || true
}

# JAVA_HOME first, then the java on the path, then the newest that is installed.
find_java() {
  local found='' newest=0 candidate version on_path
  if [ -n "${JAVA_HOME:-}" ] && usable_jdk "$JAVA_HOME"; then
    return 0
  fi
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    candidate=$(home_of "$on_path")
    if [ -n "$candidate" ] && usable_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return 0
    fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.m2/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$NEEDED_JAVA" ] && [ "$version" -gt "$newest" ]; then
      newest=$version
      found=$candidate
    fi
  done
  if [ -z "$found" ] && [ -x /usr/libexec/java_home ]; then
    candidate=$(/usr/libexec/java_home -v "$NEEDED_JAVA+" 2>/dev/null || true)
    if [ -n "$candidate" ] && usable_jdk "$candidate"; then
      found=$candidate
    fi
  fi
  if [ -z "$found" ]; then
    echo "hilo: no JDK $NEEDED_JAVA or newer was found. Install one (for instance Temurin from https://adoptium.net," >&2
    echo "      'apt-get install openjdk-21-jdk' or 'brew install openjdk@21'), or set JAVA_HOME to it." >&2
    return 1
  fi
  export JAVA_HOME=$found
}

find_maven() {
  if ! command -v mvn >/dev/null; then
    echo "hilo: Maven was not found. Install it (for instance 'apt-get install maven' or 'brew install maven')" >&2
    echo "      so that 'mvn' is on the PATH." >&2
    return 1
  fi
}
