# Sourced by mvnw, lossforge and .ci/run after newest-jdk.sh: sets TORNADOVM_HOME to the TornadoVM that is installed, as
# TORNADOVM_HOME says or where SDKMAN puts it, and empties it where there is none or the JDK is too old for it. Whoever sets it
# to nothing, or to a folder without TornadoVM, builds without.

# TornadoVM's classes need this JDK.
if [ "$lossforge_newest" -ge 25 ]; then
  TORNADOVM_HOME=${TORNADOVM_HOME-${HOME:-}/.sdkman/candidates/tornadovm/current}
else
  TORNADOVM_HOME=
fi
[ -n "$TORNADOVM_HOME" ] && [ -f "$TORNADOVM_HOME/tornado-argfile" ] || TORNADOVM_HOME=
export TORNADOVM_HOME
