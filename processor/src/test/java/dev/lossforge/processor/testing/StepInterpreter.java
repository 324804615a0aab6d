package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.Step;
import dev.lossforge.processor.loop.Table;
import java.util.List;
import java.util.Map;

/** Runs the steps of a device in double precision, point by point. */
public final class StepInterpreter {

    private final BatchProgram program;
    private final InputValues inputs;
    private final LoopInterpreter points;

    public StepInterpreter(BatchProgram program, InputValues inputs) {
        this.program = program;
        this.inputs = inputs;
        this.points = new LoopInterpreter(program.formula().exprs(), new WithTables());
    }

    public void run(List<Step> steps) {
        steps.forEach(step -> run(step, step.points()));
    }

    private void run(Step step, List<Expr.Index> open) {
        if (open.isEmpty()) {
            points.run(step.statements());
            return;
        }
        Expr.Index index = open.getFirst();
        int extent = (int) new Interpreter(program.formula().exprs(), inputs).evaluate(index.extent());
        for (int i = 0; i < extent; i++) {
            points.bind(index, i);
            run(step, open.subList(1, open.size()));
        }
    }

    public double value() {
        return points.value();
    }

    public Map<String, Double> derivative(int order) {
        return points.derivative(order);
    }

    /** The inputs, and what earlier steps have left in tables. */
    private final class WithTables implements InputValues {

        @Override
        public double get(Input input, int... indices) {
            return program.tables().stream()
                    .filter(table -> table.input().equals(input))
                    .map(Table::buffer)
                    .findFirst()
                    .map(buffer -> points.kept(buffer, indices))
                    .orElseGet(() -> inputs.get(input, indices));
        }

        @Override
        public int extent(Input input, int axis) {
            return inputs.extent(input, axis);
        }
    }
}
