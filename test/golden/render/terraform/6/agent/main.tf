# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "aws_partition" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  trail_name = "rampart-records-ai-agent"
  trail_arn  = "arn:${local.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${local.trail_name}"
  log_prefix = "/rampart/records-ai/agent"

  model       = "openai.gpt-oss-120b"
  project_arn = "arn:${local.partition}:bedrock-mantle:${var.region}:${var.account_id}:project/${var.project_id}"
}

# One key for everything this endpoint writes down. The account administers it, which keeps the key from being orphaned;
# services may only use it, only for this account, and only for the resources named here.
resource "aws_kms_key" "endpoint" {
  description              = "Rampart endpoint agent"
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  enable_key_rotation      = true
  rotation_period_in_days  = var.key_rotation_days
  deletion_window_in_days  = var.key_deletion_days
  multi_region             = false
  policy                   = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "endpoint" {
  name          = "alias/rampart-records-ai-agent"
  target_key_id = aws_kms_key.endpoint.key_id
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "LogGroups"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values = [
        "arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:${local.log_prefix}/*",
      ]
    }
  }

  statement {
    sid       = "Trail"
    actions   = ["kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }

  statement {
    sid       = "AlarmTopic"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

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
}
