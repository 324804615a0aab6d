package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.network.Activations;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.network.GradientParts;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import dev.lossforge.runtime.tornadovm.internal.training.HyperparameterTasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The losses of one graph. The first loss that reads an output writes its gradient; those after it add theirs. */
final class DeviceObjective {
    private final CompileSpec spec;
    private final boolean training;
    private final Tasks tasks;
    private final List<LossTasks> losses = new ArrayList<>();
    private final HyperparameterTasks hyperparameters;

    /**
     * @param samples the maximum number of samples in a batch
     * @param shapes the shape of what each loss sees
     * @param parts gets places for the gradients of hyperparameters
     */
    DeviceObjective(
            DeviceProgram program,
            List<LossShape> shapes,
            int samples,
            boolean training,
            Tasks tasks,
            GradientParts parts) {
        this.spec = program.spec();
        this.training = training;
        this.tasks = tasks;
        List<LossTerm> terms = spec.losses();
        for (int i = 0; i < terms.size(); i++) {
            LossShape shape = shapes.get(i);
            losses.add(new LossTasks(
                    terms.get(i).loss().signature(),
                    program.kernels().get(i),
                    Math.multiplyExact(samples, shape.unitsPerSample()),
                    shape.extentArrays(),
                    true,
                    false,
                    tasks));
        }
        int first = program.architecture().parameters().stream()
                .mapToInt(parameter -> parameter.shape().size())
                .sum();
        this.hyperparameters = new HyperparameterTasks(first, tasks, parts);
        for (int i = 0; i < terms.size(); i++) {
            addHyperparameters(terms.get(i), losses.get(i).arguments());
        }
    }

    private void addHyperparameters(LossTerm term, DeviceArguments arguments) {
        List<LossSignature.Input> inputs = term.loss().signature().inputs();
        for (int position = 0; position < inputs.size(); position++) {
            String name =
                    CompileSpec.hyperparameterName(term, inputs.get(position).name());
            if (isTrained(term, inputs.get(position))) {
                hyperparameters.reserve(name, arguments.floats(position), arguments.parameterGradient(position));
            }
        }
    }

    private boolean isTrained(LossTerm term, LossSignature.Input input) {
        String name = CompileSpec.hyperparameterName(term, input.name());
        return input.trainable()
                && spec.hyperparameters().keySet().stream().map(Parameter::name).anyMatch(name::equals);
    }

    /**
     * Adds the tasks between the forward and the backward pass. In training, the sum of the first loss remains in
     * partial sums.
     *
     * @param state an array that begins with the parameters
     */
    void add(DeviceNetwork network, FloatArray state, StepResults results) {
        hyperparameters.addValues(state, results);
        Set<String> written = new HashSet<>();
        for (int i = 0; i < losses.size(); i++) {
            LossTerm term = spec.losses().get(i);
            LossTasks loss = losses.get(i);
            List<Runnable> additions = transferInputs(term, loss, network, written);
            String name = term.loss().name();
            Derivatives derivatives = Derivatives.of(training);
            if (training && i == 0) {
                loss.addParts(tasks, name, derivatives);
            } else {
                loss.add(tasks, name, derivatives, results.array(), StepResults.loss(i));
            }
            additions.forEach(Runnable::run);
        }
        if (training) {
            hyperparameters.addGradients(network.partGradients());
            clearUnread(network, written);
        }
    }

    /** Connects the inputs of a loss; returns what adds its gradients to those of earlier losses. */
    private List<Runnable> transferInputs(LossTerm term, LossTasks loss, DeviceNetwork network, Set<String> written) {
        List<Runnable> additions = new ArrayList<>();
        DeviceArguments arguments = loss.arguments();
        tasks.changing(arguments.settings(), arguments.sizes(), arguments.weights());
        List<LossSignature.Input> inputs = term.loss().signature().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).role() == LossSignature.Input.Role.PREDICTION) {
                String output =
                        spec.output(term, inputs.get(i), network.outputs().keySet());
                Activations place = network.output(output);
                boolean first = written.add(output);
                FloatArray own = first ? place.gradients() : arguments.gradient(i);
                arguments.prediction(i, place.values(), own);
                if (!first && training) {
                    additions.add(() -> network.addGradients(tasks, output, own));
                }
            } else if (!isTrained(term, inputs.get(i))) {
                tasks.changing(loss.array(i));
            }
        }
        return additions;
    }

    /** Outputs that no loss reads have gradients of 0. */
    private void clearUnread(DeviceNetwork network, Set<String> written) {
        network.outputs().forEach((name, place) -> {
            if (!written.contains(name)) {
                place.gradients().init(0f);
                tasks.constant(place.gradients());
            }
        });
    }

    /** The partial sums of the first loss. */
    FloatArray firstPartials() {
        return losses.getFirst().arguments().partials();
    }

    /** Writes the data of a batch, with which derivatives are divided by the losses' divisors. */
    void write(HostBatch batch) {
        for (int i = 0; i < losses.size(); i++) {
            double divisor = batch.divisor(i, spec);
            double factor = divisor == 0 ? 0 : spec.losses().get(i).weight() / divisor; // nothing counts
            write(spec.losses().get(i), losses.get(i), batch.losses().get(i), (float) factor);
        }
    }

    private void write(LossTerm term, LossTasks loss, BoundLoss bound, float factor) {
        KernelFrame frame = bound.frame();
        LossSignature signature = bound.signature();
        DeviceArguments arguments = loss.arguments();
        arguments.batch(LossTasks.count(signature, frame, bound.units()), frame.weights() != null);
        arguments.settings().set(DeviceArguments.FACTOR, factor);
        HostArrays.copy(frame.weights(), arguments.weights());
        for (int i = 0; i < signature.inputs().size(); i++) {
            LossSignature.Input input = signature.inputs().get(i);
            if (input.role() != LossSignature.Input.Role.PREDICTION && !isTrained(term, input)) {
                loss.write(frame, bound.units(), i);
            }
        }
    }

    /** Makes the losses compute nothing in the next run. */
    void writeNothing() {
        losses.forEach(loss -> loss.arguments().batch(0, false));
    }
}
