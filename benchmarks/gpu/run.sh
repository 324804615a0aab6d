#!/usr/bin/env bash
# Times the hand-written loss kernels on TornadoVM's default device, and PyTorch's where Python has it.
# usage: TORNADOVM_HOME=... benchmarks/gpu/run.sh [small]     small: sizes for a device made of CPU cores
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${TORNADOVM_HOME:?set it to an installed TornadoVM SDK}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"${java}c" -g -d "$classes" -cp "$TORNADOVM_HOME/share/java/tornado/*" "$here"/src/dev/lossforge/benchmarks/gpu/*.java

measure() {
    timeout "${LIMIT:-300}" "$java" @"$TORNADOVM_HOME/tornado-argfile" \
        -XX:MaxDirectMemorySize=16g -Dtornado.device.memory=8GB \
        -Dtornado.recover.bailout=false -Dtornado.opencl.compiler.flags=-w \
        -cp "$classes" dev.lossforge.benchmarks.gpu.LossBandwidth "$@"
}

if [ "${1:-}" = small ]; then
    measure element 0.3 few
    measure rows 300 1000
    measure rows 3000 10
    exit
fi
measure element 256 sweep
measure element 64,128,512 few
for shape in "4096 1000" "65536 1000" "65536 10" "4194304 10"; do
    measure rows $shape
done
if python3 -c 'import torch' 2>/dev/null; then
    python3 "$here/torch_losses.py" 64,256,512
fi
