package io.jenkins.plugins.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** The rules that keep core a core: phases import what comes before them, and no host and no library shows through. */
@AnalyzeClasses(packages = "io.jenkins.plugins.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.sluice.";

    @ArchTest
    static final ArchRule importsPointLeft = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("problem")
            .definedBy(ROOT + "problem..")
            .layer("config")
            .definedBy(ROOT + "config..")
            .layer("model")
            .definedBy(ROOT + "model..")
            .layer("plan")
            .definedBy(ROOT + "plan..")
            .layer("gate")
            .definedBy(ROOT + "gate..")
            .layer("run")
            .definedBy(ROOT + "run..")
            .layer("report")
            .definedBy(ROOT + "report..")
            .whereLayer("problem")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayOnlyAccessLayers("problem")
            .whereLayer("model")
            .mayOnlyAccessLayers("problem", "config")
            .whereLayer("plan")
            .mayOnlyAccessLayers("problem", "config", "model")
            .whereLayer("gate")
            .mayOnlyAccessLayers("problem", "config", "model")
            .whereLayer("run")
            .mayOnlyAccessLayers("problem", "config", "model", "plan", "gate")
            .whereLayer("report")
            .mayOnlyAccessLayers("problem", "config", "model", "plan", "gate", "run");

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule noSideEffects = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "touch files, processes, the network or the clock",
                    type -> type.getPackageName().equals("java.nio.file")
                            || type.getPackageName().startsWith("java.net")
                            || type.getPackageName().startsWith("java.net.http")
                            || type.getName().equals("java.io.File")
                            || type.getName().equals("java.lang.ProcessBuilder")
                            || type.getName().equals("java.time.Clock")))
            .because("a host has the side effects, core decides")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noLibraryInPublicSignatures = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should(nameOnlyOurTypesAndTheJdk());

    private static ArchCondition<JavaMethod> nameOnlyOurTypesAndTheJdk() {
        return new ArchCondition<>("name only our types and the JDK's") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean inherited = method.getModifiers().contains(JavaModifier.SYNTHETIC);
                Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                        .filter(type -> !inherited && !allowed(type))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName())));
            }
        };
    }

    private static boolean allowed(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || element.getName().startsWith("java.")
                || element.getName().startsWith(ROOT);
    }
}
