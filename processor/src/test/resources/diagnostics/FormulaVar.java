package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class FormulaVar {
  @Loss
  static float cauchy(@Prediction float p, @Target float y) {
    return log1p(square(p - y));
  }

  static void inferred() {
    Map<String, List<CauchyLoss>> given = new HashMap<String, List<CauchyLoss>>();
    var loss = new CauchyLoss();
    //  ^ error [FormulaVar] The type of 'loss' is not known yet when the formulas beside it are read. Write the type instead of having it inferred, or move the formulas to a class of their own.
    var signature = loss.signature();
    //  ^ error [FormulaVar] The type of 'signature' is not known yet when the formulas beside it are read. Write the type instead of having it inferred, or move the formulas to a class of their own.
    given.forEach((name, losses) -> losses.clear());
    //             ^ error [FormulaVar] The type of 'name' is not known yet when the formulas beside it are read. Write the type instead of having it inferred, or move the formulas to a class of their own.
    //                   ^ error [FormulaVar] The type of 'losses' is not known yet when the formulas beside it are read. Write the type instead of having it inferred, or move the formulas to a class of their own.
    for (var each : given.get("all")) {
    //       ^ error [FormulaVar] The type of 'each' is not known yet when the formulas beside it are read. Write the type instead of having it inferred, or move the formulas to a class of their own.
      each.signature();
    }
  }

  static void written() {
    List<CauchyLoss> given = new ArrayList<CauchyLoss>();
    CauchyLoss loss = new CauchyLoss();
    var name = "a name";
    for (CauchyLoss each : given) {
      System.out.println(name + each.signature() + loss.signature());
    }
    given.stream().map(CauchyLoss::signature).forEach(System.out::println);
    List.of(1).forEach(i -> System.out.println(i + name));
  }
}
