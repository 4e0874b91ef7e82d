package dev.hilo.inbox.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where people log in who do not come from an identity provider. */
@Controller
class LoginPage {

  @GetMapping("/inbox/login")
  String login() {
    return "inbox/login";
  }

  @GetMapping("/inbox")
  String home() {
    return "redirect:/inbox/channels";
  }
}
