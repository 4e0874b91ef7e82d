package dev.hilo.inbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The last word on a fault: one line for the caller, the rest for the log. */
@RestControllerAdvice
class FaultAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(FaultAdvice.class);

  /** The body of an error. */
  record Fault(String error) {}

  @ExceptionHandler(NoResourceFoundException.class)
  ResponseEntity<Fault> notFound(NoResourceFoundException e) {
    return ResponseEntity.status(404).body(new Fault("there is nothing at this address"));
  }

  @ExceptionHandler(org.springframework.web.HttpRequestMethodNotSupportedException.class)
  ResponseEntity<Fault> wrongMethod(
      org.springframework.web.HttpRequestMethodNotSupportedException e) {
    return ResponseEntity.status(405)
        .body(new Fault("this address does not take " + e.getMethod()));
  }

  /** A visitor closed the page; nobody is there to be told. */
  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void gone(AsyncRequestNotUsableException e) {}

  @ExceptionHandler(Exception.class)
  ResponseEntity<Fault> unexpected(Exception e) {
    LOG.error("request failed", e);
    return ResponseEntity.status(500).body(new Fault("Hilo could not serve this; try again"));
  }
}
