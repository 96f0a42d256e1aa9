package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Action;

/** What each action makes a stage do. */
final class ActionSteps {
    private ActionSteps() {}

    /** The step that begins an action; it may add others behind itself. */
    static Step of(Action action, StageContext context) {
        return switch (action.kind()) {
            case BUILD -> ImageSteps.build(action, context);
            case RUN -> ImageSteps.run(action, context);
            case COPY -> ImageSteps.copy(action, context);
            case PUBLISH -> ImageSteps.publish(action, context);
            case PROMOTE -> Promotion.of(action, context);
            case DEPLOY -> DeliverySteps.deploy(action, context);
            case EXPORTS ->
                Step.of(() -> context.settings(action)
                        .map()
                        .forEach((name, value) -> context.put(String.valueOf(name), value)));
            case TRIGGER -> DeliverySteps.trigger(action, context);
            case NOTIFY -> DeliverySteps.notice(action, context);
        };
    }
}
