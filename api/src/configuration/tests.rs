use super::*;
use secrecy::ExposeSecret;
use std::fs;

fn load(file: &str, variables: &[(&str, &str)]) -> Result<Configuration, StartError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    fs::write(&path, file).unwrap();
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    Configuration::load(Some(&path), variables)
}

/// What serde knows of the struct, by way of its refusal of a field it does not know.
fn fields_of_the_struct() -> Vec<&'static str> {
    let probe = figment::Figment::from(figment::providers::Serialized::default("no_such_field", 1));
    match probe.extract::<Configuration>().unwrap_err().kind {
        figment::error::Kind::UnknownField(_, fields) => fields.to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn help_names_every_field_of_the_struct_and_nothing_else() {
    let help = help();
    let listed: Vec<_> = OPTIONS.iter().map(|option| option.key).collect();
    assert_eq!(listed, fields_of_the_struct());
    for option in OPTIONS {
        assert!(
            help.contains(&format!("\n  {}\n", option.variable())),
            "{}",
            option.key
        );
    }
}

#[test]
fn a_newcomer_says_nothing_and_gets_a_demonstration_on_loopback() {
    let configuration = load("", &[]).unwrap();
    assert!(configuration.is_demonstration());
    assert_eq!(configuration.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        configuration.database().expose_secret(),
        "sqlite:./data/healthtech-challenge.db"
    );
    assert_eq!(
        configuration.vault().unwrap(),
        VaultLocation::Folder("./data/vault".into())
    );
    assert_eq!(configuration.evidence_bytes_max, 50 * 1024 * 1024);
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file = "limit_depth = 9\nlimit_aliases = 8\nlog_format = \"json\"";
    let configuration = load(file, &[("HTC_LIMIT_DEPTH", "7")]).unwrap();
    assert_eq!(configuration.limit_depth, 7);
    assert_eq!(configuration.limit_aliases, 8);
    assert_eq!(configuration.limit_root_fields, 10);
    assert_eq!(configuration.log_format, LogFormat::Json);
}

#[test]
fn naming_a_database_ends_the_demonstration() {
    let url = ("HTC_DATABASE_URL", "postgres://u:p@db/h");
    assert!(!load("", &[url]).unwrap().is_demonstration());
    assert!(
        load("", &[url, ("HTC_DEMONSTRATION", "true")])
            .unwrap()
            .is_demonstration()
    );
}

#[test]
fn a_demonstration_is_not_shown_to_the_network() {
    let beyond = ("HTC_LISTEN", "0.0.0.0:8080");
    assert!(matches!(
        load("", &[beyond]),
        Err(StartError::DemonstrationBeyondLoopback { .. })
    ));
    load("", &[beyond, ("HTC_DEMONSTRATION", "false")]).unwrap();
}

#[test]
fn a_misspelt_option_is_named_wherever_it_stands() {
    let error = load("", &[("HTC_LIMIT_DEPHT", "7")])
        .unwrap_err()
        .to_string();
    assert!(error.contains("HTC_LIMIT_DEPHT"), "{error}");
    let error = load("limit_depht = 7", &[]).unwrap_err().to_string();
    assert!(
        error.contains("limit_depht") && error.contains("c.toml"),
        "{error}"
    );
}

#[test]
fn variables_of_tests_and_tools_and_empty_ones_are_left_alone() {
    let variables = [
        ("HTC_TEST_POSTGRES", "x"),
        ("HTC_REFERENCE_DATA", "x"),
        ("HTC_LISTEN", ""),
    ];
    load("", &variables).unwrap();
}

#[test]
fn a_wrong_value_is_refused_by_the_name_of_its_option() {
    for (name, value) in [
        ("HTC_LIMIT_DEPTH", "deep"),
        ("HTC_LIMIT_DEPTH", "-1"),
        ("HTC_LIMIT_DEPTH", "5000000000"),
        ("HTC_DEMONSTRATION", "perhaps"),
        ("HTC_LISTEN", "localhost"),
        ("HTC_LOG_FORMAT", "xml"),
        ("HTC_VAULT_URL", "ftp://bucket"),
    ] {
        let error = load("", &[(name, value)]).unwrap_err();
        let StartError::OptionInvalid { option, .. } = &error else {
            panic!("{error:?}")
        };
        let key = name.trim_start_matches("HTC_").to_lowercase();
        assert!(
            option == name || *option == key,
            "{name} was called {option}"
        );
    }
}

#[test]
fn secrets_show_themselves_neither_in_debug_nor_in_errors() {
    let secrets = [
        ("HTC_DATABASE_URL", "postgres://u:hush@db/h"),
        ("HTC_VAULT_S3_SECRET_ACCESS_KEY", "4711"),
    ];
    let configuration = load("", &secrets).unwrap();
    let shown = format!("{configuration:?}");
    assert!(
        !shown.contains("hush") && !shown.contains("4711"),
        "{shown}"
    );
    let key = configuration.vault_s3_secret_access_key.unwrap();
    assert_eq!(key.expose_secret(), "4711", "digits alone stay a text");

    let error = load("vault_s3_secret_access_key = 4711", &[])
        .unwrap_err()
        .to_string();
    assert!(!error.contains("4711"), "{error}");
}

#[test]
fn a_file_that_was_named_must_be_there_and_be_toml() {
    let missing = Configuration::load(Some(Path::new("no/such.toml")), Variables::new());
    assert!(matches!(
        missing,
        Err(StartError::ConfigurationFileMissing { .. })
    ));
    let broken = load("limit_depth = = 3", &[]);
    assert!(
        matches!(broken, Err(StartError::ConfigurationFileUnreadable { .. })),
        "{broken:?}"
    );
}
