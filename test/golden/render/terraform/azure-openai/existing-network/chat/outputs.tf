# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

output "endpoint" {
  description = "Address callers use; it answers inside the network only."
  value       = azurerm_cognitive_account.endpoint.endpoint
}

output "deployment" {
  description = "Name of the model deployment that callers name."
  value       = azurerm_cognitive_deployment.endpoint.name
}

output "account_id" {
  description = "Account, for what the runbook sets on it."
  value       = azurerm_cognitive_account.endpoint.id
}

output "workspace_id" {
  description = "Workspace the logs can be searched in."
  value       = azurerm_log_analytics_workspace.logs.id
}

output "archive" {
  description = "Storage account that keeps the logs unaltered."
  value       = azurerm_storage_account.archive.name
}

output "planned" {
  description = "What the plan says that no resource shows: for those who review this module."
  value = {
    validated_cryptographic_modules = "must"
    retention_profile               = "none"
  }
}
