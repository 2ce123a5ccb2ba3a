use postern_suite::Deployment;

#[test]
fn every_reply_carries_the_headers_that_keep_it_private() {
    let deployment = Deployment::shared();
    for path in ["/api/application-configuration", "/api/users", "/api/nothing"] {
        let reply = deployment.client().get(path);
        assert_eq!(reply.header("x-request-id").len(), 36, "{path}");
        assert_eq!(reply.header("cache-control"), "private, no-store", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(reply.headers.get("access-control-allow-origin").is_none(), "{path}");
    }
}

#[test]
fn the_envelope_repeats_the_request_id() {
    let reply = Deployment::shared().client().get("/api/users").expect(401);
    assert_eq!(reply.text_of("request_id"), reply.header("x-request-id"));
}

#[test]
fn a_path_whose_escapes_are_no_text_is_no_endpoint() {
    let deployment = Deployment::shared();
    for path in ["/api/users/%FF", "/api/one-time-access-token/%C3", "/api/api-keys/%FF/renew"] {
        let method = if path.ends_with("renew") { "POST" } else { "GET" };
        let reply = deployment.admin.client.send(method, path, None).expect(404);
        assert_eq!(reply.json["error"], "API endpoint not found", "{path}");
    }
}

#[test]
fn every_get_answers_head_without_a_body() {
    let client = Deployment::shared().client();
    let get = client.get("/api/application-configuration").expect(200);
    let head = client.send("HEAD", "/api/application-configuration", None);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), get.header("content-type"));
}

#[test]
fn the_public_configuration_is_a_bare_array() {
    let settings = Deployment::shared().client().get("/api/application-configuration").expect(200);
    let settings = settings.json.as_array().expect("an array").clone();
    let value = |key: &str| {
        let setting = settings.iter().find(|setting| setting["key"] == key);
        setting.and_then(|setting| setting["value"].as_str()).map(str::to_owned)
    };
    assert_eq!(value("appName").as_deref(), Some("Postern"));
    assert_eq!(value("requireUserEmail").as_deref(), Some("true"));
    assert_eq!(value("uiConfigDisabled").as_deref(), Some("false"));
    assert_eq!(value("smtpPassword"), None);
    assert_eq!(value("sessionDuration"), None);
}

#[test]
fn the_health_check_is_empty() {
    let reply = Deployment::shared().client().get("/healthz").expect(204);
    assert_eq!(reply.text, "");
}
