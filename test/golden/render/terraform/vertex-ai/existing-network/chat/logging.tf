# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# Who read and called what, not only who changed it; nobody is left out.
# gcp-data-access-logs: AU-2 AU-12
resource "google_project_iam_audit_config" "all" {
  project = google_project.endpoint.project_id
  service = "allServices"

  audit_log_config {
    log_type = "ADMIN_READ"
  }

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}

# Locked: from the first apply on nobody shortens the time or deletes the bucket, and that cannot be taken back.
# gcp-location: SA-9(5)
# gcp-log-bucket: AU-11 AU-9 SC-28(1)
resource "google_logging_project_bucket_config" "endpoint" {
  project          = google_project.endpoint.project_id
  bucket_id        = "endpoint"
  location         = var.region
  description      = "Logs of casework-chat"
  retention_days   = var.log_retention_days
  locked           = true
  enable_analytics = true

  cmek_settings {
    kms_key_name = google_kms_crypto_key.endpoint.id
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_kms_crypto_key_iam_member.logging]
}

# All logs of the project. Those of Google's required bucket are copied; they stay there for 400 days as well.
# gcp-data-access-logs: AU-2 AU-12
# gcp-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "google_logging_project_sink" "endpoint" {
  project                = google_project.endpoint.project_id
  name                   = "casework-chat"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.endpoint.id}"
  unique_writer_identity = true
}

# Google gives every project this sink, to a bucket under a key of Google's, in `global` unless somebody said otherwise. It stands still:
# all it would take goes to the bucket above.
# gcp-data-access-logs: AU-2 AU-12
# gcp-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "google_logging_project_sink" "default" {
  project                = google_project.endpoint.project_id
  name                   = "_Default"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.endpoint.id}"
  disabled               = true
  unique_writer_identity = true

  depends_on = [google_logging_project_sink.endpoint]
}

# gcp-alerts: AU-5 AU-6 SI-4(5)
resource "google_monitoring_notification_channel" "alerts" {
  project      = google_project.endpoint.project_id
  display_name = "Alerts of casework-chat"
  type         = "email"

  labels = {
    email_address = var.alert_email
  }

  depends_on = [google_project_service.monitoring]
}

# gcp-alerts: AU-5 AU-6 SI-4(5)
resource "google_monitoring_alert_policy" "log_change" {
  project               = google_project.endpoint.project_id
  display_name          = "Somebody changes where logs go or how long they stay"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.alerts.id]

  conditions {
    display_name = "Somebody changes where logs go or how long they stay"

    condition_matched_log {
      filter = "log_id(\"cloudaudit.googleapis.com/activity\") AND protoPayload.methodName=~\"google.logging.v2.ConfigServiceV2.((Create|Update|Delete)(Sink|Exclusion)|(Update|Delete)Bucket)\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }
}

# gcp-alerts: AU-5 AU-6 SI-4(5)
resource "google_monitoring_alert_policy" "key_change" {
  project               = google_project.endpoint.project_id
  display_name          = "Somebody destroys the key or switches it off"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.alerts.id]

  conditions {
    display_name = "Somebody destroys the key or switches it off"

    condition_matched_log {
      filter = "log_id(\"cloudaudit.googleapis.com/activity\") AND protoPayload.methodName=~\"(DestroyCryptoKeyVersion|UpdateCryptoKeyVersion)\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }
}

# gcp-alerts: AU-5 AU-6 SI-4(5)
resource "google_monitoring_alert_policy" "grant" {
  project               = google_project.endpoint.project_id
  display_name          = "Somebody is granted something"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.alerts.id]

  conditions {
    display_name = "Somebody is granted something"

    condition_matched_log {
      filter = "log_id(\"cloudaudit.googleapis.com/activity\") AND protoPayload.methodName=~\"SetIamPolicy\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }
}
