package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.KernelSelection;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.NetworkPlan;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.Clip;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.internal.Rates;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A model on the CPU: a network, its parameters, and the team of workers that takes batches through it. */
final class CpuModel implements CompiledModel {
    private static final Pass INFERENCE = new Pass(false, 0);

    private final Architecture architecture;
    private final CompileSpec spec;
    private final ParameterStore parameters;
    private final Network network;
    private final Penalties penalties;
    private final Clip clip;
    private final WorkerTeam team;
    private final boolean[] finite;
    private double learningRate;
    private long step;
    private boolean refreshed;
    private int trainedSamples;

    CpuModel(Architecture architecture, CompileSpec spec) {
        this(architecture, spec, KernelSelection.fastest());
    }

    CpuModel(Architecture architecture, CompileSpec spec, Kernels kernels) {
        int workers = spec.threads();
        this.architecture = architecture;
        this.spec = spec;
        ParameterLayout layout = new ParameterLayout(architecture.parameters(), kernels.lanes());
        this.parameters = new ParameterStore(
                layout, spec.optimizer(), Set.copyOf(architecture.parametersOf(spec.frozenLayers())), workers);
        this.network = NetworkPlan.plan(architecture, kernels, parameters, spec.seed(), workers);
        this.penalties = new Penalties(spec.penalties(), parameters);
        this.clip = new Clip(spec.clipping(), layout, workers);
        this.team = new WorkerTeam(workers);
        this.finite = new boolean[workers];
        this.learningRate = spec.optimizer().learningRate();
        loadParameters(architecture.initialParameters(spec.seed()));
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public CompileSpec spec() {
        return spec;
    }

    @Override
    public void prepare(int largestBatch) {
        network.reserve(largestBatch);
        trainedSamples = 0;
    }

    @Override
    public StepResult trainStep(Batch batch) {
        Objective objective = begin(batch);
        objective.wantGradients(network.output().gradients());
        Pass pass = new Pass(true, step);
        if (objective.isOverBatch()) {
            team.run(worker -> forward(worker, batch.inputs(), pass));
            objective.runOverBatch();
            team.run(worker -> backward(worker, rangeOf(worker, batch)));
        } else {
            team.run(worker -> {
                forward(worker, batch.inputs(), pass);
                objective.run(worker, rangeOf(worker, batch));
                backward(worker, rangeOf(worker, batch));
            });
        }
        trainedSamples = batch.size();
        return update(objective.value(), penalties.lastValue());
    }

    /** Checks the batch, makes room for it, and prepares the network for the current parameters. */
    private Objective begin(Batch batch) {
        architecture.requireInputs(batch.inputs().shape());
        trainedSamples = 0;
        network.reserve(batch.size());
        Objective objective = Objective.of(spec, outputs(batch.size()), batch, team.size());
        repackWeights();
        return objective;
    }

    private void repackWeights() {
        if (!refreshed) {
            team.run(worker -> network.refresh(worker, team.size()));
            refreshed = true;
        }
    }

    private Range rangeOf(int worker, Batch batch) {
        return Range.share(batch.size(), worker, team.size());
    }

    private void forward(int worker, Tensor inputs, Pass pass) {
        Range samples = Range.share(inputs.samples(), worker, team.size());
        network.load(inputs.array(), samples.from(), samples.from(), samples.to());
        network.forward(worker, samples.from(), samples.to(), pass);
    }

    private void backward(int worker, Range samples) {
        parameters.gradients().clear(worker);
        network.backward(worker, samples.from(), samples.to());
        penalties.addGradients(parameters, worker, team.size());
    }

    private StepResult update(double dataLoss, double penalty) {
        team.run(this::sumGradients);
        boolean applied = Double.isFinite(dataLoss + penalty);
        for (boolean sliceIsFinite : finite) {
            applied &= sliceIsFinite;
        }
        if (applied) {
            step++;
            refreshed = false;
            if (clip.needsNorms()) {
                team.run(this::measureSlice);
            }
            team.run(this::updateSlice);
        }
        return new StepResult(dataLoss, penalty, applied);
    }

    private void sumGradients(int worker) {
        Range slice = slice(worker);
        parameters.gradients().sum(slice.from(), slice.to());
        finite[worker] = parameters.gradients().isFinite(slice.from(), slice.to());
    }

    private void measureSlice(int worker) {
        Range slice = slice(worker);
        clip.measure(worker, parameters.gradients().total(), slice.from(), slice.to());
    }

    private void updateSlice(int worker) {
        Range slice = slice(worker);
        clip.apply(parameters.gradients().total(), slice.from(), slice.to());
        parameters.update(slice.from(), slice.to(), learningRate, step);
    }

    private Range slice(int worker) {
        return Range.share(parameters.layout().size(), worker, team.size());
    }

    private Tensor outputs(int samples) {
        return Tensor.over(network.output().values(), architecture.outputShape().batchOf(samples));
    }

    @Override
    public Tensor lastOutputs() {
        if (trainedSamples == 0) {
            throw new IllegalStateException("The last call was not a training step, so its outputs are not there.");
        }
        return outputs(trainedSamples);
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        Objective objective = begin(batch);
        if (objective.isOverBatch()) {
            team.run(worker -> forward(worker, batch.inputs(), INFERENCE));
            objective.runOverBatch();
        } else {
            team.run(worker -> {
                forward(worker, batch.inputs(), INFERENCE);
                objective.run(worker, rangeOf(worker, batch));
            });
        }
        return new EvaluationStep(objective.value(), penalties.value(parameters), outputs(batch.size()));
    }

    @Override
    public Tensor predict(Tensor inputs) {
        architecture.requireInputs(inputs.shape());
        trainedSamples = 0;
        network.reserve(inputs.samples());
        repackWeights();
        team.run(worker -> forward(worker, inputs, INFERENCE));
        return outputs(inputs.samples()).copy();
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double newLearningRate) {
        learningRate = Rates.requireLearningRate(newLearningRate);
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return parameters.layout().read(parameters.values(), UnaryOperator.identity());
    }

    @Override
    public void loadParameters(Map<String, Tensor> values) {
        architecture.requireParameters(values);
        parameters.layout().write(values, UnaryOperator.identity(), parameters.values());
        refreshed = false;
    }

    @Override
    public OptimizerState optimizerState() {
        Map<String, Tensor> slots = new LinkedHashMap<>();
        List<String> names = spec.optimizer().slots();
        for (int i = 0; i < names.size(); i++) {
            slots.putAll(parameters.layout().read(parameters.slots().get(i), slotNaming(names.get(i))));
        }
        return new OptimizerState(step, slots);
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        architecture.requireSlots(spec.optimizer(), state.slots());
        List<String> names = spec.optimizer().slots();
        for (int i = 0; i < names.size(); i++) {
            parameters
                    .layout()
                    .write(
                            state.slots(),
                            slotNaming(names.get(i)),
                            parameters.slots().get(i));
        }
        step = state.step();
    }

    private static UnaryOperator<String> slotNaming(String slot) {
        return parameter -> parameter + "/" + slot;
    }

    @Override
    public void close() {
        team.close();
    }
}
