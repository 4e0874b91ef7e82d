package dev.hilo.channel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** The contract can be kept, and each of its tests sees who does not keep it. */
class SandboxChannelTest {

  @Test
  void shouldPassWhenTheChannelKeepsTheContract() throws Exception {
    assertThat(failing(Defect.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldFailWhenTheChannelIsDefective(Defect defect) throws Exception {
    assumeFalse(Boolean.getBoolean("hilo.golden.update"), "a defect must not write golden files");
    assertThat(failing(defect)).contains(defect.seenBy);
  }

  @Test
  void shouldHaveADefectForEveryTest() {
    List<String> seen = Stream.of(Defect.values()).map(defect -> defect.seenBy).toList();
    assertThat(tests().map(Method::getName))
        .allSatisfy(
            test ->
                assertThat(seen.contains(test) || aboutTheTestsThemselves(test))
                    .as("a defect that %s sees", test)
                    .isTrue());
  }

  private static boolean aboutTheTestsThemselves(String test) {
    return test.equals("shouldReachNoOtherHost") || test.equals("shouldRoundTripGoldenEvents");
  }

  private static Stream<Method> tests() {
    return Stream.of(ChannelContract.class.getMethods())
        .filter(
            method ->
                method.isAnnotationPresent(Test.class)
                    || method.isAnnotationPresent(TestFactory.class));
  }

  /** Runs the contract's tests; returns the names of those that fail. */
  private static List<String> failing(Defect defect) throws Exception {
    ChannelContract contract = new SandboxContract(defect);
    List<String> failing = new ArrayList<>();
    for (Method test : tests().toList()) {
      try {
        if (test.invoke(contract) instanceof Stream<?> dynamic) {
          for (Object one : dynamic.toList()) {
            ((DynamicTest) one).getExecutable().execute();
          }
        }
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof TestAbortedException) {
          continue;
        }
        failing.add(test.getName());
        if (defect == Defect.NONE) {
          throw new AssertionError(test.getName(), e.getCause());
        }
      } catch (Throwable e) {
        failing.add(test.getName());
      }
    }
    return failing;
  }
}
