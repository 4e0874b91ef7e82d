package dev.hilo.inbox.match;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What records that may be of one person have in common: only such pairs are compared. Each key
 * says something of its own, so that a record full of errors still has one key right. They are
 * plain words, so that any search store finds candidates by them.
 *
 * <p>Source: P. Christen, "A Survey of Indexing Techniques for Scalable Record Linkage and
 * Deduplication", TKDE 24 (2012).
 */
public final class BlockingKeys {

  private static final int MOST_WORDS = 4;

  private BlockingKeys() {}

  /** The keys of a record: some dozens, in no order; empty if it says too little. */
  public static Set<String> of(Person person) {
    return of(Preparation.ofFew(FirstGuess.model()).prepare(person));
  }

  static Set<String> of(Features person) {
    Set<String> keys = new LinkedHashSet<>();
    Set<String> sounds = new TreeSet<>();
    Set<String> initials = new TreeSet<>();
    for (Features.Name name : person.names()) {
      names(name, keys, sounds, initials);
    }
    documents(person, keys);
    phones(person, keys, sounds);
    emails(person, keys);
    birthDates(person, keys, sounds, initials);
    addresses(person, keys, sounds);
    mixed(person, keys);
    for (Person.ExternalId id : person.externalIds()) {
      keys.add("x:" + id.realm() + ":" + id.id());
    }
    return keys;
  }

  /** Pairs of words, by sound and by beginning, whichever of them is the family name. */
  private static void names(
      Features.Name name, Set<String> keys, Set<String> sounds, Set<String> initials) {
    int words = Math.min(name.full().length, MOST_WORDS);
    for (int i = 0; i < words; i++) {
      Word one = name.full()[i];
      String sound = PhoneticKeys.skeleton(one.spoken());
      initials.add(one.text().substring(0, 1));
      if (one.text().length() > 1) {
        sounds.add(sound);
      }
      for (int j = i + 1; j < words; j++) {
        Word other = name.full()[j];
        keys.add("n:" + sorted(sound, PhoneticKeys.skeleton(other.spoken())));
        keys.add("s:" + sorted(start(one.text(), 3), start(other.text(), 3)));
        keys.add("t:" + sorted(end(one.text(), 4), end(other.text(), 4)));
      }
    }
    if (words == 1 && name.full()[0].text().length() > 2) {
      keys.add("o:" + name.full()[0].text());
    }
  }

  private static void documents(Features person, Set<String> keys) {
    for (Features.Document document : person.documents()) {
      String number = document.number();
      keys.add("d:" + number);
      if (number.length() >= 6) {
        int part = number.length() <= 8 ? number.length() - 3 : number.length() - 4;
        keys.add("db:" + start(number, part));
        keys.add("de:" + end(number, part));
        keys.add("dm:" + start(number, 2) + "-" + end(number, part - 2));
      }
    }
  }

  private static void phones(Features person, Set<String> keys, Set<String> sounds) {
    for (Features.Term phone : person.phones()) {
      String digits = phone.text();
      keys.add("p:" + end(digits, 8));
      if (digits.length() >= 7) {
        keys.add("p7:" + end(digits, 7));
        String end = end(digits, 8);
        for (String sound : sounds) {
          keys.add("pn:" + end(digits, 4) + sound);
          keys.add("pb:" + start(end, 4) + sound);
        }
      }
    }
  }

  private static void emails(Features person, Set<String> keys) {
    for (Features.Term email : person.emails()) {
      keys.add("e:" + email.text());
      String local = Comparison.localPart(email.text());
      if (local.length() >= 4) {
        keys.add("l:" + local);
        keys.add("lb:" + start(local, 7));
        keys.add("le:" + end(local, 7));
      }
    }
  }

  private static void birthDates(
      Features person, Set<String> keys, Set<String> sounds, Set<String> initials) {
    for (Features.Term date : person.birthDates()) {
      String text = date.text();
      if (text.length() != 8) {
        keys.add("b:" + text);
        continue;
      }
      String year = text.substring(0, 4);
      String month = text.substring(4, 6);
      String day = text.substring(6);
      keys.add("bb:" + text);
      for (String initial : initials) {
        keys.add("b:" + year + sorted(month, day) + initial);
      }
      for (String sound : sounds) {
        keys.add("by:" + year + sound);
        keys.add("bd:" + month + day + sound);
      }
    }
  }

  private static void addresses(Features person, Set<String> keys, Set<String> sounds) {
    for (Features.Address address : person.addresses()) {
      List<String> words = List.of(address.words()).stream().filter(w -> w.length() >= 4).toList();
      for (String sound : sounds) {
        if (!address.postcode().isEmpty()) {
          keys.add("z:" + address.postcode() + sound);
        }
        if (!address.city().isEmpty()) {
          keys.add("c:" + start(address.city(), 5) + sound);
        }
        for (String word : words) {
          keys.add("w:" + start(word, 6) + sound);
        }
      }
      for (String word : words) {
        for (String number : address.numbers()) {
          keys.add("a:" + number + "-" + start(word, 5));
        }
        if (!address.postcode().isEmpty()) {
          keys.add("az:" + address.postcode() + start(word, 4));
        }
      }
    }
  }

  /** Parts of several fields: what is left of a record with an error in each of them. */
  private static void mixed(Features person, Set<String> keys) {
    Set<String> starts = new TreeSet<>();
    for (Features.Name name : person.names()) {
      for (int i = 0; i < Math.min(name.full().length, MOST_WORDS); i++) {
        starts.add(start(name.full()[i].text(), 3));
      }
    }
    for (Features.Term date : person.birthDates()) {
      for (Features.Address address : person.addresses()) {
        if (date.text().length() == 8 && !address.city().isEmpty()) {
          keys.add("yc:" + start(date.text(), 4) + start(address.city(), 4));
        }
        if (date.text().length() == 8 && !address.postcode().isEmpty()) {
          keys.add("yz:" + start(date.text(), 4) + start(address.postcode(), 3));
        }
      }
      for (String start : starts) {
        keys.add("ys:" + start(date.text(), 4) + start);
      }
    }
    for (Features.Address address : person.addresses()) {
      for (String number : address.numbers()) {
        if (!address.city().isEmpty()) {
          keys.add("ac:" + number + "-" + start(address.city(), 4));
        }
      }
      for (String start : starts) {
        if (!address.postcode().isEmpty()) {
          keys.add("zs:" + start(address.postcode(), 3) + start);
        }
        if (!address.city().isEmpty()) {
          keys.add("cs:" + start(address.city(), 3) + start);
        }
      }
    }
  }

  private static String sorted(String a, String b) {
    return a.compareTo(b) <= 0 ? a + "|" + b : b + "|" + a;
  }

  private static String start(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  private static String end(String text, int length) {
    return text.substring(Math.max(0, text.length() - length));
  }
}
