package io.jenkins.plugins.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Graphs of stages, as text of a configuration; the same for the same size each time. */
enum Graphs {
    /** Each needs the one before. */
    CHAIN {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            return stage == 0 ? List.of() : List.of(stage - 1);
        }
    },
    /** One first, one last, all others side by side between them. */
    FAN {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            if (stage == 0) {
                return List.of();
            }
            List<Integer> middle = new ArrayList<>();
            for (int i = 1; i < size - 1; i++) {
                middle.add(i);
            }
            return stage == size - 1 ? middle : List.of(0);
        }
    },
    /** Layers of fifty; each needs one to three of the layer before. Mostly one large mesh. */
    LAYERED {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            int layer = stage / 50;
            TreeSet<Integer> needs = new TreeSet<>();
            for (int i = 0; layer > 0 && i < 1 + random.nextInt(3); i++) {
                needs.add((layer - 1) * 50 + random.nextInt(50));
            }
            return List.copyOf(needs);
        }
    },
    /** Services of ten stages each: unit and lint, package, then some more. What a large repository has. */
    SERVICES {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            int own = stage % 10;
            int first = stage - own;
            return switch (own) {
                case 0, 1 -> List.of();
                case 2 -> List.of(first, first + 1);
                case 3, 4, 5 -> List.of(first + 2);
                case 6 -> List.of(first + 3, first + 4, first + 5);
                default -> List.of(stage - 1);
            };
        }
    },
    /** Adversarial: each needs ten of all before it, near and far, so that many needs are implied by others. */
    TANGLE {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            TreeSet<Integer> needs = new TreeSet<>();
            for (int i = 0; stage > 0 && i < 10; i++) {
                needs.add(random.nextInt(stage));
            }
            return List.copyOf(needs);
        }
    },
    /** Adversarial: a caterpillar, which is as deeply nested as can be. */
    CATERPILLAR {
        @Override
        List<Integer> needs(int stage, int size, Random random) {
            if (stage < 2) {
                return List.of();
            }
            return stage % 2 == 0 ? List.of(stage - 2, stage - 1) : List.of();
        }
    };

    abstract List<Integer> needs(int stage, int size, Random random);

    /** The configuration, one stage a line. */
    String yaml(int size) {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder("version: 1\npipelines:\n  p:\n    stages:\n");
        for (int stage = 0; stage < size; stage++) {
            List<String> names =
                    needs(stage, size, random).stream().map(n -> "s" + n).toList();
            text.append("      - {name: s").append(stage);
            text.append(", needs: [\n").append(String.join(",\n", names)).append("], script: make}\n");
        }
        return text.toString();
    }
}
