# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

output "invoke_role_arn" {
  description = "Role that callers assume."
  value       = aws_iam_role.invoke.arn
}

output "runtime_endpoint_id" {
  description = "PrivateLink endpoint callers go through."
  value       = aws_vpc_endpoint.runtime.id
}

output "key_arn" {
  description = "Key of this endpoint, for rampart probe."
  value       = aws_kms_key.endpoint.arn
}

output "alarm_topic_arn" {
  description = "Topic of the alarms. Nobody is told until somebody subscribes."
  value       = aws_sns_topic.alarms.arn
}

output "trail_bucket" {
  description = "Bucket of the trail."
  value       = aws_s3_bucket.trail.id
}

output "planned" {
  description = "What the plan says that no resource shows: for those who review this module."
  value = {
    jurisdiction                          = "united-states"
    validated_cryptographic_modules       = "must"
    retention_profile                     = "none"
    review_traffic_exceptions_within_days = 90
  }
}

output "project_id" {
  description = "Project that callers name in the header OpenAI-Project."
  value       = var.project_id
}

output "limits" {
  description = "What no setting can give this endpoint: for those who review this module."
  value = [
    "Amazon Bedrock keeps no invocation log of this plane: no record of prompts and answers can be switched on. CloudTrail data events tell who called which model and when; what was asked and answered is known to the caller alone. As of 2026-11-20.",
    "Bedrock's guardrails are not confirmed for this plane, so none is put before the model: callers must filter prompts and answers themselves. As of 2026-11-20.",
    "No FIPS host name is known for this plane: bedrock-mantle.<region>.api.aws is its only one. Ask AWS which validated module ends its TLS. As of 2026-11-20.",
    "Data retention is an account setting, and one of each project, without a resource type; under the mode default the Responses API stores answers unless a call says store=false. As of 2026-11-20.",
  ]
}
