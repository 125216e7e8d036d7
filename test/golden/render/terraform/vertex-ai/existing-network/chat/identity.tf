# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "google_storage_project_service_account" "agent" {
  project = google_project.endpoint.project_id

  depends_on = [google_project_service.storage]
}

data "google_logging_project_cmek_settings" "agent" {
  project = google_project.endpoint.project_id

  depends_on = [google_project_service.logging]
}

# Three services use the key, and only to encrypt and decrypt.
# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
# gcp-member-of-agency: AC-2 AC-3 AC-20 IA-2
resource "google_kms_crypto_key_iam_member" "vertex" {
  crypto_key_id = google_kms_crypto_key.endpoint.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.vertex_agent

  depends_on = [google_project_service.aiplatform]
}

# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
# gcp-member-of-agency: AC-2 AC-3 AC-20 IA-2
resource "google_kms_crypto_key_iam_member" "storage" {
  crypto_key_id = google_kms_crypto_key.endpoint.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${data.google_storage_project_service_account.agent.email_address}"
}

# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
# gcp-member-of-agency: AC-2 AC-3 AC-20 IA-2
resource "google_kms_crypto_key_iam_member" "logging" {
  crypto_key_id = google_kms_crypto_key.endpoint.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${data.google_logging_project_cmek_settings.agent.service_account_id}"
}

# The model serves under this account, which reads its weights and nothing else. It has no keys, and the policy below allows none.
resource "google_service_account" "model" {
  project      = google_project.endpoint.project_id
  account_id   = "casework-chat-model"
  display_name = "Model of casework-chat"
}

# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
# gcp-member-of-agency: AC-2 AC-3 AC-20 IA-2
resource "google_storage_bucket_iam_member" "model" {
  bucket = google_storage_bucket.models.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:casework-chat-model@${var.project_id}.iam.gserviceaccount.com"

  depends_on = [google_service_account.model]
}

# Callers may call, and not so much as list what there is.
# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
resource "google_project_iam_custom_role" "caller" {
  project     = google_project.endpoint.project_id
  role_id     = "casework_chat_caller"
  title       = "Calls casework-chat"
  permissions = ["aiplatform.endpoints.predict"]
}

# gcp-iam-least-privilege: AC-6 AC-3 AC-6(1)
# gcp-member-of-agency: AC-2 AC-3 AC-20 IA-2
resource "google_project_iam_member" "caller" {
  project = google_project.endpoint.project_id
  role    = "projects/${var.project_id}/roles/casework_chat_caller"
  member  = var.caller

  depends_on = [google_project_iam_custom_role.caller]
}
