package dev.hilo.processes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that plays every path of one model: it fails when, after all of its tests, a
 * path of the model was never taken. Its tests ask for a {@link Stage}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StageExtension.class)
@interface PlayedModel {

  /** The model's file name without ending. */
  String file();

  /** The process id it is deployed with. */
  String process();
}
