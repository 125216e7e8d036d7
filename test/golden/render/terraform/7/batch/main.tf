# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint batch, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "aws_partition" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  trail_name = "rampart-records-ai-batch"
  trail_arn  = "arn:${local.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${local.trail_name}"
  log_prefix = "/rampart/records-ai/batch"

  endpoint_name      = "records-ai-batch"
  endpoint_arn       = "arn:${local.partition}:sagemaker:${var.region}:${var.account_id}:endpoint/${local.endpoint_name}"
  repository_arn     = "arn:${local.partition}:ecr:us-gov-west-1:111122223333:repository/vllm"
  weights_arn        = "arn:${local.partition}:s3:::agency-model-weights/gpt-oss-20b/model.tar.gz"
  weights_bucket_arn = "arn:${local.partition}:s3:::agency-model-weights"
}

# Models and configurations are never changed, only replaced: the new one is there before the old one goes.
resource "aws_sagemaker_model" "endpoint" {
  execution_role_arn       = aws_iam_role.execution.arn
  enable_network_isolation = true

  primary_container {
    image          = "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/vllm@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    model_data_url = "s3://agency-model-weights/gpt-oss-20b/model.tar.gz"

    # Weights come from the archive alone; libraries that would look for others are told not to wait for it.
    environment = {
      HF_HUB_OFFLINE       = "1"
      TRANSFORMERS_OFFLINE = "1"
      VLLM_NO_USAGE_STATS  = "1"
      # gpt-oss's vocabulary, o200k_base.tiktoken, has to be in this folder of the archive: else it is fetched from the internet.
      TIKTOKEN_ENCODINGS_BASE = "/opt/ml/model/tiktoken"
    }
  }

  vpc_config {
    subnets            = var.subnet_ids
    security_group_ids = [aws_security_group.model.id]
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_iam_role_policy.execution]
}

resource "aws_sagemaker_endpoint_configuration" "endpoint" {
  name_prefix = "records-ai-batch-"
  # No kms_key_arn: this instance family stores on local NVMe, which its hardware encrypts; SageMaker refuses a key for it.

  production_variants {
    variant_name           = "primary"
    model_name             = aws_sagemaker_model.endpoint.name
    instance_type          = "ml.g4dn.12xlarge"
    initial_instance_count = 2
    initial_variant_weight = 1
    enable_ssm_access      = false

    model_data_download_timeout_in_seconds            = 1800
    container_startup_health_check_timeout_in_seconds = 1800
  }

  # Requests, answers and failures stay in the bucket, which makes them the record of what was asked and answered: SageMaker
  # captures data of real-time endpoints only. Notifications say where an answer is, and never what it says.
  async_inference_config {
    output_config {
      s3_output_path  = "s3://${aws_s3_bucket.payload.id}/output"
      s3_failure_path = "s3://${aws_s3_bucket.payload.id}/failure"
      kms_key_id      = aws_kms_key.endpoint.arn

      notification_config {
        success_topic = aws_sns_topic.answers.arn
        error_topic   = aws_sns_topic.failures.arn
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "endpoint" {
  name                 = local.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.endpoint.name

  # Half at a time, so that an update needs no second fleet of accelerators; errors bring the old fleet back.
  deployment_config {
    rolling_update_policy {
      wait_interval_in_seconds             = 600
      maximum_execution_timeout_in_seconds = 7200

      maximum_batch_size {
        type  = "CAPACITY_PERCENT"
        value = 50
      }

      rollback_maximum_batch_size {
        type  = "CAPACITY_PERCENT"
        value = 100
      }
    }

    auto_rollback_configuration {
      alarms {
        alarm_name = aws_cloudwatch_metric_alarm.server_errors.alarm_name
      }
    }
  }

  # The log group comes first, or SageMaker makes one without key and retention.
  depends_on = [
    aws_cloudwatch_log_group.endpoint,
    aws_s3_bucket_policy.payload,
    aws_vpc_security_group_egress_rule.model,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

# One key for everything this endpoint writes down. The account administers it, which keeps the key from being orphaned;
# services may only use it, only for this account, and only for the resources named here.
resource "aws_kms_key" "endpoint" {
  description              = "Rampart endpoint batch"
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
  name          = "alias/rampart-records-ai-batch"
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
        "arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:/aws/sagemaker/Endpoints/records-ai-batch",
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
