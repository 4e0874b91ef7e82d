package dev.hilo.platform;

/** A port that something on this machine listens on; always on loopback. */
public enum Port {
  /** HTTP of the search store. */
  STORE("HILO_STORE_PORT", 9200, "the store (OpenSearch)"),
  /** Node-to-node transport of the search store. */
  STORE_TRANSPORT("HILO_STORE_TRANSPORT_PORT", 9300, "the store's transport (OpenSearch)"),
  /** The gateway that clients, workers and Camunda Modeler talk to. */
  ZEEBE_GRPC("HILO_ZEEBE_GRPC_PORT", 26500, "the Zeebe gateway (gRPC)"),
  /** Zeebe's REST v2. */
  ZEEBE_REST("HILO_ZEEBE_REST_PORT", 8088, "the Zeebe gateway (REST)"),
  /** Broker: client commands. */
  ZEEBE_COMMAND("HILO_ZEEBE_COMMAND_PORT", 26501, "the Zeebe broker (commands)"),
  /** Broker: cluster-internal. */
  ZEEBE_INTERNAL("HILO_ZEEBE_INTERNAL_PORT", 26502, "the Zeebe broker (internal)"),
  /** Broker: health, metrics and the controlled clock. */
  ZEEBE_MANAGEMENT("HILO_ZEEBE_MANAGEMENT_PORT", 9600, "the Zeebe broker (management)"),
  /** Tasklist and Operate. */
  WEBAPPS("HILO_WEBAPPS_PORT", 8080, "Tasklist and Operate"),
  /** Tasklist and Operate: health and metrics. */
  WEBAPPS_MANAGEMENT("HILO_WEBAPPS_MANAGEMENT_PORT", 9601, "Tasklist and Operate (management)"),
  /** Hilo itself. */
  HILO("HILO_PORT", 8090, "Hilo"),
  /** The stand-ins of the providers, with the demo shop and the customer phone. */
  SIMULATORS("HILO_SIMULATORS_PORT", 8095, "the simulators"),
  /** The mail server of the simulators: mailboxes. */
  SIMULATORS_IMAP("HILO_SIMULATORS_IMAP_PORT", 3143, "the simulators' mail server (IMAP)"),
  /** The mail server of the simulators: sending. */
  SIMULATORS_SMTP("HILO_SIMULATORS_SMTP_PORT", 3025, "the simulators' mail server (SMTP)");

  private final String variable;
  private final int number;
  private final String user;

  Port(String variable, int number, String user) {
    this.variable = variable;
    this.number = number;
    this.user = user;
  }

  /** The environment variable that changes this port. */
  public String variable() {
    return variable;
  }

  /** The number when nobody says otherwise. */
  public int defaultNumber() {
    return number;
  }

  /** Who listens on it, to be read in a message. */
  public String user() {
    return user;
  }
}
