# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint batch, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
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

output "payload_bucket" {
  description = "Bucket of prompts and answers."
  value       = aws_s3_bucket.payload.id
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

output "endpoint_name" {
  description = "Endpoint that callers name."
  value       = aws_sagemaker_endpoint.endpoint.name
}

output "request_location" {
  description = "Where callers put requests before they name them in InvokeEndpointAsync."
  value       = "s3://${aws_s3_bucket.payload.id}/input/"
}

output "answer_topic_arn" {
  description = "Says that an answer is there, and where."
  value       = aws_sns_topic.answers.arn
}

output "failure_topic_arn" {
  description = "Says that a request failed."
  value       = aws_sns_topic.failures.arn
}
