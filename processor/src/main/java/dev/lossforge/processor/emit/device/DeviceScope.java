package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in one kernel for a device, and the declarations at its head. Extents and hyperparameters are read from
 * their arrays on first use. The names of locals and indices are valid for one unit.
 */
final class DeviceScope {
    /** {@code sizes} holds the number of units, whether there are weights, whether values are kept, then extents. */
    private static final int FIRST_EXTENT = 3;

    private final Formula formula;
    private final List<List<Expr.Extent>> equalExtents;
    private final Map<Input, Table> tables = new HashMap<>();
    private final List<Buffer> buffers;
    private final Names names;
    private final Map<Object, String> known = new HashMap<>();
    private final Map<Object, String> ofUnit = new HashMap<>();
    private final CodeBlock.Builder head = CodeBlock.builder();

    DeviceScope(LoopNest nest, String... reserved) {
        this.formula = nest.formula();
        this.equalExtents = nest.equalExtents();
        this.buffers = nest.buffers();
        this.names = new Names(reserved);
    }

    DeviceScope(BatchProgram program, String... reserved) {
        this.formula = program.formula();
        this.equalExtents = program.equalExtents();
        this.buffers = program.tables().stream().map(Table::buffer).toList();
        this.names = new Names(reserved);
        program.tables().forEach(table -> tables.put(table.input(), table));
    }

    /** Whether a kernel's unit is the batch. */
    boolean isOfBatch() {
        return formula.scope() == Scope.BATCH;
    }

    /** The declarations so far. */
    CodeBlock head() {
        return head.build();
    }

    /** Forgets the names of the previous unit. */
    void beginUnit() {
        ofUnit.clear();
    }

    String fresh(String suggestion) {
        return names.fresh(suggestion);
    }

    /** The kernel's parameter that holds the whole input. */
    String array(Input input) {
        return known.computeIfAbsent(List.of("array", input), k -> fresh(input.name()));
    }

    /** The parameter of the kernel for a derivative. */
    String derivative(int order, Input input) {
        return known.computeIfAbsent(
                List.of("derivative", order, input), k -> fresh(input.name() + (order == 1 ? "Gradient" : "Hessian")));
    }

    /** Whether the kernel reads an input. */
    boolean reads(Input input) {
        return known.containsKey(List.of("array", input));
    }

    /** The table that an input represents, if any. */
    Optional<Table> table(Input input) {
        return Optional.ofNullable(tables.get(input));
    }

    /** The array that holds all tables of a type. */
    String tables(Type type) {
        return known.computeIfAbsent(
                List.of("tables", type), k -> fresh(type == Type.INT ? "intTables" : "floatTables"));
    }

    boolean usesTables(Type type) {
        return known.containsKey(List.of("tables", type));
    }

    /** The start of a table. {@code places} holds the start of each table, then the lanes of each step. */
    String beginning(Buffer table) {
        return declared(
                List.of("beginning", table.name()), table.name() + "At", "int $L = places.get($L)", number(table));
    }

    private int number(Buffer buffer) {
        int number = buffers.indexOf(buffer);
        if (number < 0) {
            throw new IllegalStateException("a table of another kernel: " + buffer.name());
        }
        return number;
    }

    /** An input without axes that is the same for all units. */
    String parameter(Input input) {
        boolean ints = input.type() == Type.INT;
        String array = array(input);
        return declared(
                List.of("value", input),
                input.name() + "Value",
                ints ? "int $L = $L.get(0)" : "float $L = $L.get(0)",
                array);
    }

    /** The variable that adds up the gradient of a hyperparameter without axes. */
    String parameterSum(Input input) {
        return known.computeIfAbsent(List.of("parameterSum", input), k -> fresh(input.name() + "Sum"));
    }

    /** The variable for the accumulated rounding error of that sum. */
    String parameterLost(Input input) {
        return known.computeIfAbsent(List.of("parameterLost", input), k -> fresh(input.name() + "Lost"));
    }

    /** The size of an input along an axis, as the formula sees it. */
    String extent(Input input, int axis) {
        return declared(
                List.of("extent", input, axis),
                input.name() + (input.rank() == 1 ? "Length" : axis == 0 ? "Rows" : "Columns"),
                "int $L = sizes.get($L)",
                FIRST_EXTENT + 2 * input.position() + axis);
    }

    /** Not a number, which a kernel cannot have as a constant. */
    String nan() {
        return declared("nan", "nan", "float $L = settings.get(1)");
    }

    private String declared(Object key, String suggestion, String declaration, Object... arguments) {
        String name = known.get(key);
        if (name == null) {
            name = fresh(suggestion);
            known.put(key, name);
            Object[] all = new Object[arguments.length + 1];
            all[0] = name;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            head.addStatement(declaration, all);
        }
        return name;
    }

    /** The variable of a local. */
    String local(Expr.Local local) {
        return ofUnit(List.of("local", local.name()), local.name());
    }

    /** The second variable of an accumulator that needs two. */
    String partner(Expr.Local local) {
        return ofUnit(List.of("partner", local.name()), local.name() + "Scale");
    }

    /** The variable for the accumulated rounding error of a sum. */
    String lost(Expr.Local local) {
        return ofUnit(List.of("lost", local.name()), local.name() + "Lost");
    }

    /** The variable of a loop index. */
    String index(Expr.Index index) {
        return ofUnit(List.of("index", index.number(), System.identityHashCode(index.extent())), "i");
    }

    /** The variable that holds the unit's entry of an input without axes. */
    String loaded(Input input) {
        return ofUnit(List.of("loaded", input), input.name() + "Value");
    }

    private String ofUnit(Object key, String suggestion) {
        return ofUnit.computeIfAbsent(key, k -> fresh(suggestion));
    }

    /** Whether a value of this expression is always a position of the input's axis. */
    boolean isInside(Expr position, Input input, int axis) {
        return position instanceof Expr.Index index
                && index.extent() instanceof Expr.Extent extent
                && isSame(extent, input, axis);
    }

    private boolean isSame(Expr.Extent extent, Input input, int axis) {
        return matches(extent, input, axis)
                || equalExtents.stream()
                        .anyMatch(c -> c.contains(extent) && c.stream().anyMatch(e -> matches(e, input, axis)));
    }

    private static boolean matches(Expr.Extent extent, Input input, int axis) {
        return extent.input().position() == input.position() && extent.axis() == axis;
    }

    /** The inputs that differ from unit to unit and have no axes. */
    List<Input> entries() {
        return formula.inputs().stream()
                .filter(i -> i.role() != Role.PARAMETER && i.rank() == 0)
                .toList();
    }
}
