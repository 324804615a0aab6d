package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.KernelSelection;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.NetworkPlan;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.Clip;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Work;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.OutputGradients;
import dev.lossforge.runtime.internal.Rates;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** A model on the CPU: a network, its parameters, and the team of workers that runs batches through it. */
final class CpuModel implements CompiledModel {
    private final Architecture architecture;
    private final CompileSpec spec;
    private final ParameterStore parameters;
    private final Network network;
    private final OutputTensors outputTensors;
    private final Objectives objectives;
    private final List<String> lossNames;
    private final Penalties penalties;
    private final WorkerTeam team;
    private final Updating updating;
    private final TeamPasses passes;
    private final Shares shares;
    private final long workPerSample;
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
        ParameterLayout layout = new ParameterLayout(spec.parameters(architecture), kernels.lanes());
        this.parameters = new ParameterStore(
                layout, spec.optimizer(), Set.copyOf(architecture.parametersOf(spec.frozenLayers())), workers);
        Hyperparameters.ruleIn(parameters, spec);
        this.objectives = new Objectives(spec, parameters, workers);
        this.lossNames = spec.losses().stream().map(LossTerm::name).toList();
        this.network = NetworkPlan.plan(architecture, kernels, parameters, spec.seed(), workers);
        this.outputTensors = new OutputTensors(architecture, network);
        this.penalties = new Penalties(spec.penalties(), parameters);
        this.team = new WorkerTeam(workers);
        this.updating = new Updating(parameters, new Clip(spec.clipping(), layout, workers), team);
        this.passes = new TeamPasses(network, team, parameters, penalties);
        this.shares = new Shares(architecture, spec, network, parameters, penalties, team);
        this.workPerSample = Work.perSample(architecture);
        this.learningRate = spec.optimizer().learningRate();
        Map<String, Tensor> initial = architecture.initialParameters(spec.seed());
        spec.hyperparameters().forEach((parameter, value) -> initial.put(parameter.name(), value));
        loadParameters(initial);
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
        begin(batch);
        Map<String, Tensor> hyperparameters = objectives.hyperparameters();
        Objective objective =
                objectives.bind(outputTensors.of(batch.size()), batch, hyperparameters, network.outputs());
        repackWeights();
        passes.train(batch, new Pass(true, step), objective);
        trainedSamples = batch.size();
        objective.addHyperparameterGradients(parameters.gradients().of(0));
        double value = objective.value();
        double penalty = penalties.lastValue();
        return new StepResult(
                value,
                penalty,
                update(value + penalty),
                objective.values(lossNames),
                hyperparameters,
                objective.divisors(spec.reduction(), lossNames));
    }

    @Override
    public StepResult step(Batch batch, Function<Outputs, LossResult> gradients) {
        begin(batch);
        repackWeights();
        passes.forward(batch, new Pass(true, step));
        Outputs outputs = outputTensors.of(batch.size());
        LossResult result = gradients.apply(outputs);
        OutputGradients.give(result, outputs, outputTensors::placeGradient);
        passes.backward(batch.size());
        trainedSamples = batch.size();
        double penalty = penalties.lastValue();
        return new StepResult(result.value(), penalty, update(result.value() + penalty));
    }

    @Override
    public int gradientSize() {
        return parameters.layout().size();
    }

    @Override
    public List<LossCount> counts(Batch share) {
        begin(share);
        return shares.counts(
                objectives.bind(outputTensors.of(share.size()), share, objectives.hyperparameters(), Map.of()));
    }

    @Override
    public GradientSums gradients(Batch share, SharePlace place, float[] gradients, IntConsumer filled) {
        shares.requireFit(gradients);
        begin(share);
        Objective objective = objectives.bindShare(
                outputTensors.of(share.size()), share, objectives.hyperparameters(), network.outputs(), place);
        repackWeights();
        GradientSums sums = shares.compute(share, place, step, objective, gradients, filled);
        trainedSamples = share.size();
        return sums;
    }

    @Override
    public StepResult update(GradientSums sums, float[] gradients) {
        shares.requireFit(gradients);
        Map<String, Tensor> hyperparameters = objectives.hyperparameters();
        shares.place(sums, gradients);
        double value = shares.value(sums);
        double penalty = penalties.lastValue();
        boolean applied = update(sums.finite() ? value + penalty : Double.NaN);
        return new StepResult(
                value, penalty, applied, shares.values(sums, lossNames), hyperparameters, shares.divisors(sums));
    }

    @Override
    public double gradientNorm() {
        return updating.norm();
    }

    /** Checks the batch and makes room for it. */
    private void begin(Batch batch) {
        architecture.requireInputs(batch.namedInputs());
        trainedSamples = 0;
        network.reserve(batch.size());
        team.workAlone(Work.isSmall(workPerSample * batch.size()));
        parameters.gradients().use(team.size());
    }

    private void repackWeights() {
        if (!refreshed) {
            team.run(worker -> network.refresh(worker, team.size()));
            refreshed = true;
        }
    }

    /** Updates the parameters if the loss and all gradients are finite; returns whether it did. */
    private boolean update(double loss) {
        boolean applied = updating.sumGradients() && Double.isFinite(loss);
        if (applied) {
            step++;
            refreshed = false;
            updating.apply(learningRate, step);
            network.settle();
        }
        return applied;
    }

    @Override
    public Outputs lastOutputs() {
        if (trainedSamples == 0) {
            throw new IllegalStateException("The last call was not a training step, so it has no outputs.");
        }
        return outputTensors.of(trainedSamples);
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        begin(batch);
        Map<String, Tensor> hyperparameters = objectives.hyperparameters();
        Objective objective = objectives.bind(outputTensors.of(batch.size()), batch, hyperparameters, Map.of());
        repackWeights();
        passes.evaluate(batch, objective);
        return new EvaluationStep(
                objective.value(),
                penalties.value(parameters),
                outputTensors.of(batch.size()),
                objective.values(lossNames),
                hyperparameters,
                objective.divisors(spec.reduction(), lossNames));
    }

    @Override
    public Tensor predict(Tensor inputs) {
        return predictAll(Batch.ofInputs(inputs)).only();
    }

    @Override
    public Outputs predictAll(Batch batch) {
        begin(batch);
        repackWeights();
        passes.infer(batch);
        return outputTensors.copies(batch.size());
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
        spec.requireParameters(architecture, values);
        parameters.layout().write(values, UnaryOperator.identity(), parameters.values());
        refreshed = false;
    }

    @Override
    public OptimizerState optimizerState() {
        return new OptimizerState(step, parameters.readSlots(spec.optimizer().slots()));
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        spec.requireSlots(architecture, state.slots());
        parameters.writeSlots(spec.optimizer().slots(), state.slots());
        step = state.step();
    }

    @Override
    public void close() {
        team.close();
    }
}
