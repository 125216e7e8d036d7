# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

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
    end_privileged_sessions_after_minutes = 10
    end_connections_after_idle_seconds    = 900
    patch_within_days                     = 30
  }
}

output "cluster_name" {
  description = "Cluster the workload is applied to."
  value       = aws_eks_cluster.endpoint.name
}

output "weights_role_arn" {
  description = "Role of the pods that load the weights."
  value       = aws_iam_role.weights.arn
}
