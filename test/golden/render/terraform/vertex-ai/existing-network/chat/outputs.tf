# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

output "endpoint" {
  description = "Endpoint that models are deployed to."
  value       = google_vertex_ai_endpoint.endpoint.id
}

output "key" {
  description = "Key to name when a model is uploaded."
  value       = google_kms_crypto_key.endpoint.id
}

output "models" {
  description = "Bucket of the weights."
  value       = google_storage_bucket.models.name
}

output "model_account" {
  description = "Account a model is deployed under."
  value       = google_service_account.model.email
}

output "log_bucket" {
  description = "Log bucket in which logs can be searched and stay."
  value       = google_logging_project_bucket_config.endpoint.id
}

output "planned" {
  description = "What the plan says that no resource shows: for those who review this module."
  value = {
    compliance_regime = "FEDRAMP_HIGH"
    retention_profile = "none"
  }
}
