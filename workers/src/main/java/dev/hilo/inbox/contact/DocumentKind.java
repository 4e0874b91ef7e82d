package dev.hilo.inbox.contact;

import dev.hilo.inbox.contact.IdentityDocument.Problem;
import dev.hilo.inbox.contact.IdentityDocument.Reading;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The kinds of documents that are known, by country. Each names its source; the rules themselves
 * are in {@link LatinAmericanDocuments} and {@link OtherDocuments}.
 *
 * <p>Kinds that share one number are one kind here with several names (AR CUIT and CUIL; ES DNI,
 * NIE, CIF and NIF), so that the same number under another name is no second document.
 */
public enum DocumentKind {
  /** Rol Único Tributario, of people the RUN. Source: Decreto Ley 3/1969; SII, módulo 11. */
  CL_RUT("12345678-5", "RUN"),

  /** Clave Única de Identificación Tributaria or Laboral. Source: AFIP/ARCA RG 10/1997; ANSES. */
  AR_CUIT("20055361682", "CUIL CDI"),

  /** Documento Nacional de Identidad; has no check digit. Source: Ley 17.671; RENAPER. */
  AR_DNI("20123456"),

  /** Cadastro de Pessoas Físicas. Source: Receita Federal, IN RFB 2.172/2024. */
  BR_CPF("39053344705"),

  /**
   * Cadastro Nacional da Pessoa Jurídica; with letters since July 2026. Source: Receita Federal, IN
   * RFB 2.229/2024 and its annex on the check digits.
   */
  BR_CNPJ("12ABC34501DE35"),

  /**
   * Registro Federal de Contribuyentes. Some that were issued long ago have another last character
   * than the rule gives; these are refused. Source: SAT, "Procedimiento para la obtención del
   * dígito verificador del RFC" (IFAI, solicitud 0610100162005).
   */
  MX_RFC("GODE561231GR8"),

  /**
   * Clave Única de Registro de Población. Source: RENAPO, Instructivo normativo para la asignación
   * de la CURP (DOF, 18 October 2021).
   */
  MX_CURP("BOXW310820HNERXN09"),

  /** Número de Identificación Tributaria. Source: DIAN, Orden Administrativa 4 of 1989. */
  CO_NIT("800197268-4"),

  /** Cédula de ciudadanía; has no check digit. Source: Registraduría Nacional, NUIP. */
  CO_CC("1012345678", "CEDULA"),

  /** Registro Único de Contribuyentes. Source: SUNAT, algorithm of the RUC (módulo 11). */
  PE_RUC("20131312955"),

  /** Documento Nacional de Identidad; its check digit may be left out. Source: RENIEC. */
  PE_DNI("10117410", "CUI"),

  /**
   * Número de Identificación Fiscal: DNI, NIE and what was the CIF. Source: Real Decreto 1065/2007,
   * articles 18 to 22; Orden EHA/451/2008; Ministerio del Interior, "Cálculo del dígito de control
   * del NIF/NIE".
   */
  ES_NIF("54362315K", "DNI NIE CIF"),

  /** Cédula de identidad. Source: Dirección Nacional de Identificación Civil. */
  UY_CI("12345672", "CEDULA"),

  /** Cédula de identidad. Source: Registro Civil, módulo 10. */
  EC_CI("1714307103", "CEDULA"),

  /** Registro Único de Contribuyentes. Source: SRI, ficha técnica, módulo 11. */
  EC_RUC("1792060346001"),

  /**
   * Social Security number; has no check digit. Source: SSA, "Social Security Number Randomization"
   * (what is never issued).
   */
  US_SSN("536904399"),

  /** Número de Identificação Fiscal. Source: Decreto-Lei 14/2013; Portaria 377/2004 (types). */
  PT_NIF("501964843", "NIPC");

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}.\\-_/\\u2010-\\u2015]+");

  /** Printed for whoever has no number, so shared by many. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "MX_RFC:XAXX010101000",
          "MX_RFC:XEXX010101000",
          "PT_NIF:999999990",
          "US_SSN:078051120",
          "US_SSN:219099999");

  private final String example;
  private final String otherNames;

  DocumentKind(String example) {
    this(example, "");
  }

  /** The other names with a space between them. */
  DocumentKind(String example, String otherNames) {
    this.example = example;
    this.otherNames = otherNames;
  }

  /** Why a rule does not take a number. Without a stack trace: it is a value on its way out. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    Refusal(Problem problem, String message) {
      super(message, null, false, false);
      this.problem = problem;
    }
  }

  /** ISO 3166, two letters. */
  public String country() {
    return name().substring(0, 2);
  }

  /** The short name in its country: {@code RUT}. */
  public String code() {
    return name().substring(3);
  }

  /** Country and short name: {@code CL RUT}. */
  public String label() {
    return country() + ' ' + code();
  }

  /** A sound number in the one way that this kind is written in. */
  public String example() {
    return example;
  }

  /** The kind of a name in a country, any case; other names of the same number lead to it too. */
  public static Optional<DocumentKind> of(String country, String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.country().equalsIgnoreCase(country.strip()))
        .filter(kind -> kind.isCalled(name.strip()))
        .findFirst();
  }

  /** The kinds of a country, in the order of their declaration; empty for one that is not known. */
  public static List<DocumentKind> of(String country) {
    return Arrays.stream(values()).filter(kind -> kind.country().equals(country)).toList();
  }

  static String labels() {
    return Arrays.stream(values()).map(DocumentKind::label).collect(Collectors.joining(", "));
  }

  /**
   * Reads what somebody wrote, with or without separators and the kind's name before it.
   *
   * @return the number in its one way of writing, or what is wrong and what was expected
   */
  public Reading read(String written) {
    String compact = compact(written);
    if (PLACEHOLDERS.contains(name() + ':' + compact)) {
      return new Reading.Refused(
          Problem.PLACEHOLDER,
          label() + " that stands for anybody without one, expected a number of one's own");
    }
    try {
      return new Reading.Valid(this, write(compact));
    } catch (Refusal refusal) {
      return new Reading.Refused(
          refusal.problem,
          "%s: %s; a sound one looks like %s".formatted(label(), refusal.getMessage(), example));
    }
  }

  /** Turns a number without separators, in capitals, into its one way of writing. */
  private String write(String compact) throws Refusal {
    return switch (this) {
      case CL_RUT -> LatinAmericanDocuments.chileanRut(compact);
      case AR_CUIT -> LatinAmericanDocuments.argentineCuit(compact);
      case AR_DNI -> LatinAmericanDocuments.argentineDni(compact);
      case BR_CPF -> LatinAmericanDocuments.brazilianCpf(compact);
      case BR_CNPJ -> LatinAmericanDocuments.brazilianCnpj(compact);
      case MX_RFC -> LatinAmericanDocuments.mexicanRfc(compact);
      case MX_CURP -> LatinAmericanDocuments.mexicanCurp(compact);
      case CO_NIT -> LatinAmericanDocuments.colombianNit(compact);
      case CO_CC -> LatinAmericanDocuments.colombianCedula(compact);
      case PE_RUC -> LatinAmericanDocuments.peruvianRuc(compact);
      case PE_DNI -> LatinAmericanDocuments.peruvianDni(compact);
      case ES_NIF -> OtherDocuments.spanishNif(compact);
      case UY_CI -> LatinAmericanDocuments.uruguayanCi(compact);
      case EC_CI -> LatinAmericanDocuments.ecuadorianCi(compact);
      case EC_RUC -> LatinAmericanDocuments.ecuadorianRuc(compact);
      case US_SSN -> OtherDocuments.socialSecurityNumber(compact);
      case PT_NIF -> OtherDocuments.portugueseNif(compact);
    };
  }

  private boolean isCalled(String name) {
    return !name.isEmpty()
        && (code().equalsIgnoreCase(name)
            || Arrays.stream(otherNames.split(" ", -1)).anyMatch(name::equalsIgnoreCase));
  }

  private String compact(String written) {
    String upper =
        Normalizer.normalize(written, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    String[] words = upper.split("[\\s:]+", 2);
    String bare =
        words.length == 2 && isCalled(SEPARATORS.matcher(words[0]).replaceAll(""))
            ? words[1]
            : upper;
    return SEPARATORS.matcher(bare).replaceAll("");
  }
}
