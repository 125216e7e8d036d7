# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint summarizer, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# Kept when the endpoint goes: what it logged outlives it.
resource "aws_cloudwatch_log_group" "endpoint" {
  name              = "/aws/sagemaker/Endpoints/records-ai-summarizer"
  kms_key_id        = aws_kms_key.endpoint.arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true
}

# Who did what: every management event and the calls to the model, kept where nobody can alter them.
resource "aws_cloudtrail" "endpoint" {
  name                          = local.trail_name
  enable_logging                = true
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  kms_key_id                    = aws_kms_key.endpoint.arn
  s3_bucket_name                = aws_s3_bucket.trail.id
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail.arn

  advanced_event_selector {
    name = "Every management event, reads and writes"

    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }

  advanced_event_selector {
    name = "Inference calls"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::SageMaker::Endpoint"]
    }
  }

  advanced_event_selector {
    name = "Reads and writes of weights"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }

    # Not the trail's own bucket: each delivery would be an event that causes a delivery.
    field_selector {
      field       = "resources.ARN"
      starts_with = ["arn:${local.partition}:s3:::agency-model-weights/gpt-oss-20b/model.tar.gz"]
    }
  }

  advanced_event_selector {
    name = "Reads and writes of prompts and answers"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }

    # Not the trail's own bucket: each delivery would be an event that causes a delivery.
    field_selector {
      field       = "resources.ARN"
      starts_with = ["${aws_s3_bucket.payload.arn}/"]
    }
  }

  depends_on = [aws_s3_bucket_policy.trail, aws_iam_role_policy.trail]
}

# Kept when the endpoint goes: what it logged outlives it.
resource "aws_cloudwatch_log_group" "trail" {
  name              = "${local.log_prefix}/trail"
  kms_key_id        = aws_kms_key.endpoint.arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true
}

resource "aws_iam_role" "trail" {
  name                 = "records-ai-summarizer-write-trail"
  permissions_boundary = aws_iam_policy.service_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.trail_trust.json
}

resource "aws_iam_role_policy" "trail" {
  name   = "write-trail"
  role   = aws_iam_role.trail.id
  policy = data.aws_iam_policy_document.trail.json
}

data "aws_iam_policy_document" "trail_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "trail" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.trail.arn}:*"]
  }
}

resource "aws_s3_bucket" "trail" {
  bucket_prefix = "records-ai-summarizer-trail-"
  # Switched on at creation: object lock guards every version from the first.
  object_lock_enabled = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "trail" {
  bucket = aws_s3_bucket.trail.id

  versioning_configuration {
    status = "Enabled"
  }
}

# In compliance mode nobody, the account's root included, can shorten the retention or delete a version before it ends.
resource "aws_s3_bucket_object_lock_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = var.object_lock_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.trail]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.endpoint.arn
    }
  }
}

resource "aws_s3_bucket_logging" "trail" {
  bucket        = aws_s3_bucket.trail.id
  target_bucket = aws_s3_bucket.access.id
  target_prefix = "trail/"

  depends_on = [aws_s3_bucket_policy.access]
}

resource "aws_s3_bucket_ownership_controls" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "trail" {
  bucket                  = aws_s3_bucket.trail.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = data.aws_iam_policy_document.trail_bucket.json

  depends_on = [aws_s3_bucket_public_access_block.trail]
}

data "aws_iam_policy_document" "trail_bucket" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "OnlyTls12"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }

  statement {
    sid       = "TrailReadsAcl"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.trail.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }

  statement {
    sid       = "TrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.trail.arn}/AWSLogs/${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
}

# Prompts and answers, as sensitive as what people ask.
resource "aws_s3_bucket" "payload" {
  bucket_prefix = "records-ai-summarizer-payload-"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "payload" {
  bucket = aws_s3_bucket.payload.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "payload" {
  bucket = aws_s3_bucket.payload.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.endpoint.arn
    }
  }
}

resource "aws_s3_bucket_logging" "payload" {
  bucket        = aws_s3_bucket.payload.id
  target_bucket = aws_s3_bucket.access.id
  target_prefix = "payload/"

  depends_on = [aws_s3_bucket_policy.access]
}

resource "aws_s3_bucket_ownership_controls" "payload" {
  bucket = aws_s3_bucket.payload.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "payload" {
  bucket                  = aws_s3_bucket.payload.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "payload" {
  bucket = aws_s3_bucket.payload.id
  policy = data.aws_iam_policy_document.payload_bucket.json

  depends_on = [aws_s3_bucket_public_access_block.payload]
}

data "aws_iam_policy_document" "payload_bucket" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.payload.arn, "${aws_s3_bucket.payload.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "OnlyTls12"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.payload.arn, "${aws_s3_bucket.payload.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }
}

# Who asked for which object of the other buckets.
resource "aws_s3_bucket" "access" {
  bucket_prefix = "records-ai-summarizer-access-"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "access" {
  bucket = aws_s3_bucket.access.id

  versioning_configuration {
    status = "Enabled"
  }
}

# S3 delivers access logs only to buckets encrypted with its own key, and not to buckets with object lock.
resource "aws_s3_bucket_server_side_encryption_configuration" "access" {
  bucket = aws_s3_bucket.access.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "access" {
  bucket = aws_s3_bucket.access.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "access" {
  bucket                  = aws_s3_bucket.access.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "access" {
  bucket = aws_s3_bucket.access.id
  policy = data.aws_iam_policy_document.access_bucket.json

  depends_on = [aws_s3_bucket_public_access_block.access]
}

data "aws_iam_policy_document" "access_bucket" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.access.arn, "${aws_s3_bucket.access.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "OnlyTls12"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.access.arn, "${aws_s3_bucket.access.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }

  statement {
    sid       = "S3WritesAccessLogs"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.access.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["logging.s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_s3_bucket.trail.arn, aws_s3_bucket.payload.arn]
    }
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "records-ai-summarizer-alarms"
  kms_master_key_id = aws_kms_key.endpoint.arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "AlarmsPublish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# Attempts to blind the watchers, whoever makes them and whether or not they succeed.
resource "aws_cloudwatch_log_metric_filter" "tampering" {
  name           = "records-ai-summarizer-tampering"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern = join(" || ", [
    "{ ($.eventName = \"StopLogging\")",
    "($.eventName = \"DeleteTrail\")",
    "($.eventName = \"UpdateTrail\")",
    "($.eventName = \"PutEventSelectors\")",
    "($.eventName = \"DeleteModelInvocationLoggingConfiguration\")",
    "($.eventName = \"PutModelInvocationLoggingConfiguration\")",
    "($.eventName = \"DeleteFlowLogs\")",
    "($.eventName = \"DeleteLogGroup\")",
    "($.eventName = \"ScheduleKeyDeletion\")",
    "($.eventName = \"DisableKey\")",
    "($.eventName = \"PutKeyPolicy\")",
    "($.eventName = \"UpdateGuardrail\")",
    "($.eventName = \"DeleteGuardrail\")",
    "($.eventName = \"CreateServiceSpecificCredential\") }",
  ])

  metric_transformation {
    namespace     = "Rampart/records-ai"
    name          = "summarizer-tampering"
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "records-ai-summarizer-server_errors"
  alarm_description   = "The model answers with errors; an update is rolled back"
  namespace           = "AWS/SageMaker"
  metric_name         = "Invocation5XXErrors"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    EndpointName = "records-ai-summarizer"
    VariantName  = "primary"
  }
}

resource "aws_cloudwatch_metric_alarm" "client_errors" {
  alarm_name          = "records-ai-summarizer-client_errors"
  alarm_description   = "Refused or malformed calls: a sign of probing"
  namespace           = "AWS/SageMaker"
  metric_name         = "Invocation4XXErrors"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 50
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    EndpointName = "records-ai-summarizer"
    VariantName  = "primary"
  }
}

resource "aws_cloudwatch_metric_alarm" "tampering" {
  alarm_name          = "records-ai-summarizer-tampering"
  alarm_description   = "Somebody acts on the trail, the key, the guardrail or makes an API key"
  namespace           = "Rampart/records-ai"
  metric_name         = "summarizer-tampering"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
