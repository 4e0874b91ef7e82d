package dev.hilo.channel.contract;

/** The mistakes that the sandbox channel can make, each with the contract's test that sees it. */
enum Defect {
  NONE(""),
  NEW_ID_EACH_TIME("shouldGiveSameEventsForSameDelivery"),
  ID_FROM_POSITION("shouldGiveSameIdsWhenTheBatchIsComposedOtherwise"),
  ID_FROM_ARRIVAL("shouldGiveSameEventsForSameDelivery"),
  READS_ONLY_THE_FIRST("shouldYieldEveryElementOfABatchInOrder"),
  READS_BACKWARDS("shouldYieldEveryElementOfABatchInOrder"),
  POSITION_ALWAYS_ZERO("shouldYieldEveryElementOfABatchInOrder"),
  THROWS_WHEN_CUT("shouldSurviveTruncatedPayload"),
  TAKES_WHAT_IS_CUT_FOR_NOTHING("shouldSurviveTruncatedPayload"),
  THROWS_ON_BAD_BYTES("shouldSurviveFlippedBytes"),
  THROWS_ON_OTHER_CHARSETS("shouldSurviveOtherCharsets"),
  THROWS_ON_WRONG_TYPE("shouldLoseNothingWhenValuesAreReplaced"),
  DROPS_BROKEN_ELEMENTS("shouldLoseNothingWhenValuesAreReplaced"),
  DROPS_WRONG_CONTAINERS("shouldLoseNothingWhenValuesAreReplaced"),
  KEEPS_LONE_SURROGATES("shouldLoseNothingWhenValuesAreReplaced"),
  SPEAKS_IN_LINES("shouldLoseNothingWhenValuesAreReplaced"),
  DROPS_ELEMENTS_WITHOUT_ID("shouldLoseNothingWhenValuesAreMissing"),
  BELIEVES_THE_LAST_KEY("shouldLoseNothingWhenKeysAreDoubled"),
  REFUSES_ALL_FOR_ONE("shouldKeepTheOthersWhenOneElementIsBroken"),
  SKIPS_UNKNOWN_KINDS("shouldKeepUnknownKindsVisible"),
  ASKS_FOR_THE_TIME("shouldGiveSameEventsForSameDelivery"),
  CALLS_WHILE_PARSING("shouldGiveSameEventsForSameDelivery"),
  TAKES_ECHO_FOR_CUSTOMER("shouldNotTakeOwnEchoForACustomer"),
  MAPS_READ_TO_DELIVERED("shouldMapEveryProviderStatus"),
  FAILS_WITHOUT_ERROR("shouldMapEveryProviderStatus"),
  GUESSES_UNKNOWN_STATUS("shouldNameAStatusThatNobodyKnows"),
  IGNORES_UNKNOWN_STATUS("shouldNameAStatusThatNobodyKnows"),
  BELIEVES_EVERY_SIGNATURE("shouldRefuseBadSignatureBeforeParsing"),
  PARSES_BEFORE_IT_VERIFIES("shouldRefuseBadSignatureBeforeParsing"),
  TAKES_OTHER_ACCOUNTS("shouldRefuseOtherAccountsByName"),
  CUTS_LONG_TEXT("shouldRefuseTextOverCapability"),
  REFUSES_LONGEST_TEXT("shouldAcceptWhatTheProviderAccepts"),
  SENDS_FROM_ANY_ACCOUNT("shouldRejectWhenAccountIsUnknown"),
  REJECTS_WHEN_THROTTLED("shouldAskToRetryWhenThrottled"),
  RETRIES_AT_ONCE("shouldAskToRetryWhenThrottled"),
  RETRIES_WHEN_BLOCKED("shouldRejectWhenRecipientBlocked"),
  RETRIES_WHEN_ANSWER_LOST("shouldNotClaimToKnowWhenAnswerIsLost"),
  REJECTS_UNREADABLE_ANSWER("shouldNeverDenyWhatMayHaveBeenTaken"),
  THROWS_ON_ODD_REFUSAL("shouldSurviveOddRefusals"),
  UNSURE_WITHOUT_CONNECTION("shouldAskToRetryWhenThereIsNoConnection"),
  PRINTS_ITS_SECRET("shouldNeverPrintSecrets"),
  LOGS_ITS_SECRET("shouldNeverPrintSecrets"),
  REPEATS_THE_PROVIDERS_WORDS("shouldNeverPrintSecrets"),
  PRINTS_WRONG_SETTINGS("shouldNameTheSettingWhenItIsWrong"),
  HIDES_WHICH_SETTING("shouldNameTheSettingWhenItIsWrong"),
  INVENTS_A_LIMIT("shouldNameTheSourceOfEveryLimit"),
  CALLS_ITSELF_OTHERWISE("shouldBeFoundWhenInstalled"),
  FORGETS_THE_NAME("shouldMatchGoldenPairs");

  /** The contract's test that must fail. */
  final String seenBy;

  Defect(String seenBy) {
    this.seenBy = seenBy;
  }
}
