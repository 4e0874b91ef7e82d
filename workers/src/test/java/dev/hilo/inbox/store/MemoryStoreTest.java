package dev.hilo.inbox.store;

class MemoryStoreTest implements DocumentsContract {

  private final Documents<Counter> documents =
      new MemoryStore().documents("counters", Counter.class);

  @Override
  public Documents<Counter> documents() {
    return documents;
  }
}
