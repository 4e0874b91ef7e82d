package dev.hilo.simulators.shop;

import java.util.List;
import java.util.Optional;

/**
 * Somebody with an account in the shop.
 *
 * @param id the shop's own number of the customer
 * @param email as the customer gave it
 * @param emailVerified whether the customer has shown the shop to own it
 */
record ShopCustomer(String id, String name, Optional<String> email, boolean emailVerified) {

  /** Three that differ in what the shop knows of them. */
  static final List<ShopCustomer> ALL =
      List.of(
          new ShopCustomer("C-1001", "Ana Rojas", Optional.of("ana.rojas@example.com"), true),
          new ShopCustomer(
              "C-1002", "Daniel Ortiz", Optional.of("daniel.ortiz@example.com"), false),
          new ShopCustomer("C-1003", "Emma Clark", Optional.empty(), false));

  static Optional<ShopCustomer> find(String id) {
    return ALL.stream().filter(customer -> customer.id().equals(id)).findFirst();
  }

  /** Never prints the address. */
  @Override
  public String toString() {
    return "ShopCustomer[id=" + id + "]";
  }
}
