package dev.lossforge.spark.internal.data;

import dev.lossforge.runtime.ConfigurationException;
import java.io.Serial;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Deals the rows to the workers in turn, the same number to each. */
public final class Shares {
    private Shares() {}

    /** Worker i gets the rows i, i + workers, …, so that the rows of one batch are neighbours in the data. */
    private static final class InTurn extends Partitioner {
        @Serial
        private static final long serialVersionUID = 1;

        private final int workers;

        InTurn(int workers) {
            this.workers = workers;
        }

        @Override
        public int numPartitions() {
            return workers;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((Long) index % workers);
        }
    }

    /**
     * The shares, one partition each, by the index of the row in the data. They are kept on the workers' machines. If a
     * worker is lost, its share is computed again.
     *
     * @throws ConfigurationException if a column is missing, or there are fewer rows than workers
     */
    public static JavaPairRDD<Long, Sample> of(JavaRDD<Row> rows, StructType schema, List<Field> fields, int workers) {
        int[] positions = positions(schema, fields);
        long each = rows.count() / workers;
        if (each == 0) {
            throw new ConfigurationException(
                    "There are fewer rows than the " + workers + " workers; take fewer workers.");
        }
        long dealt = each * workers;
        List<Field> packed = List.copyOf(fields);
        return rows.zipWithIndex()
                .filter(indexed -> indexed._2() < dealt)
                .mapToPair(
                        indexed -> new Tuple2<>(indexed._2(), Sample.of(indexed._1(), indexed._2(), packed, positions)))
                .partitionBy(new InTurn(workers))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static int[] positions(StructType schema, List<Field> fields) {
        List<String> names = List.of(schema.fieldNames());
        return fields.stream()
                .mapToInt(field -> {
                    int position = names.indexOf(field.column());
                    if (position < 0) {
                        throw new ConfigurationException("The data has no column '" + field.column() + "' for '"
                                + field.described() + "', but " + String.join(", ", names)
                                + "; name it by " + remedy(field) + ".");
                    }
                    return position;
                })
                .toArray();
    }

    private static String remedy(Field field) {
        String target = field.name().isEmpty() ? "" : '"' + field.name() + "\", ";
        return switch (field.kind()) {
            case INPUT, TARGET -> "withColumn(" + target + "COLUMN)";
            case WEIGHT -> "withWeights(" + target + "COLUMN)";
            case MASK -> "withMask(" + target + "COLUMN)";
        };
    }
}
