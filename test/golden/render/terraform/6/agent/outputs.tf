# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
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
    jurisdiction                          = "boundary"
    validated_cryptographic_modules       = "must"
    retention_profile                     = "none"
    review_traffic_exceptions_within_days = 180
  }
}

output "project_id" {
  description = "Project that callers name in the header OpenAI-Project."
  value       = var.project_id
}
