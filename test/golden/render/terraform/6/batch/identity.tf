# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint batch, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# The most that any role which a service of AWS takes on for this endpoint may ever do, whatever is attached to it later.
resource "aws_iam_policy" "service_boundary" {
  name        = "records-ai-batch-service-boundary"
  description = "Upper limit of the service roles of batch"
  policy      = data.aws_iam_policy_document.service_boundary.json
}

data "aws_iam_policy_document" "service_boundary" {
  statement {
    sid       = "OwnLogGroups"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:${local.log_prefix}/*"]
  }

  statement {
    sid       = "FindLogGroups"
    actions   = ["logs:DescribeLogGroups"]
    resources = ["arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:*"]
  }

  statement {
    sid       = "ReadWeights"
    actions   = ["s3:GetObject"]
    resources = [local.weights_arn]
  }

  statement {
    sid       = "FindWeights"
    actions   = ["s3:ListBucket"]
    resources = [local.weights_bucket_arn]

    condition {
      test     = "StringEquals"
      variable = "s3:prefix"
      values   = ["gpt-oss-20b/model.tar.gz"]
    }
  }

  # Whatever key the weights are under: it opens that object, through S3, and nothing else.
  statement {
    sid       = "UnsealWeights"
    actions   = ["kms:Decrypt"]
    resources = ["arn:${local.partition}:kms:${var.region}:*:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }

    # The object's ARN, or the bucket's where S3 bucket keys are on.
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [local.weights_arn, local.weights_bucket_arn]
    }
  }

  statement {
    sid       = "ReadRequests"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.payload.arn}/input/*"]
  }

  statement {
    sid       = "WriteAnswers"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.payload.arn}/output/*", "${aws_s3_bucket.payload.arn}/failure/*"]
  }

  statement {
    sid       = "Notify"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.answers.arn, aws_sns_topic.failures.arn]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = [aws_kms_key.endpoint.arn]
  }

  statement {
    sid       = "SealVolumes"
    actions   = ["kms:CreateGrant"]
    resources = [aws_kms_key.endpoint.arn]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [local.repository_arn]
  }

  # The action knows no resource.
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "EndpointLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.endpoint.arn}:*"]
  }

  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "cloudwatch:namespace"
      values   = ["AWS/SageMaker*", "/aws/sagemaker/*"]
    }
  }

  statement {
    sid = "NetworkInterfaces"
    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "NothingOutsideTheBoundary"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = ["us-gov-west-1"]
    }
  }
}

# Weights are read from the one archive named, the image from the one repository; answers go to one bucket.
resource "aws_iam_role" "execution" {
  name                 = "records-ai-batch-serve"
  permissions_boundary = aws_iam_policy.service_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.execution_trust.json
}

resource "aws_iam_role_policy" "execution" {
  name   = "serve"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

data "aws_iam_policy_document" "execution_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "ReadWeights"
    actions   = ["s3:GetObject"]
    resources = [local.weights_arn]
  }

  statement {
    sid       = "FindWeights"
    actions   = ["s3:ListBucket"]
    resources = [local.weights_bucket_arn]

    condition {
      test     = "StringEquals"
      variable = "s3:prefix"
      values   = ["gpt-oss-20b/model.tar.gz"]
    }
  }

  # Whatever key the weights are under: it opens that object, through S3, and nothing else.
  statement {
    sid       = "UnsealWeights"
    actions   = ["kms:Decrypt"]
    resources = ["arn:${local.partition}:kms:${var.region}:*:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }

    # The object's ARN, or the bucket's where S3 bucket keys are on.
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [local.weights_arn, local.weights_bucket_arn]
    }
  }

  statement {
    sid       = "ReadRequests"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.payload.arn}/input/*"]
  }

  statement {
    sid       = "WriteAnswers"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.payload.arn}/output/*", "${aws_s3_bucket.payload.arn}/failure/*"]
  }

  statement {
    sid       = "Notify"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.answers.arn, aws_sns_topic.failures.arn]
  }

  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = [aws_kms_key.endpoint.arn]
  }

  statement {
    sid       = "SealVolumes"
    actions   = ["kms:CreateGrant"]
    resources = [aws_kms_key.endpoint.arn]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [local.repository_arn]
  }

  # The action knows no resource.
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "EndpointLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.endpoint.arn}:*"]
  }

  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "cloudwatch:namespace"
      values   = ["AWS/SageMaker*", "/aws/sagemaker/*"]
    }
  }

  statement {
    sid = "NetworkInterfaces"
    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }
}

# Callers assume this role. It reaches the named model only, only through the private endpoint, and never with a key that
# outlives the session.
resource "aws_iam_role" "invoke" {
  name                 = "records-ai-batch-invoke"
  max_session_duration = 3600
  permissions_boundary = aws_iam_policy.invoke_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.invoke_trust.json
}

data "aws_iam_policy_document" "invoke_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${var.account_id}:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role_policy" "invoke" {
  name   = "invoke"
  role   = aws_iam_role.invoke.id
  policy = data.aws_iam_policy_document.invoke.json
}

data "aws_iam_policy_document" "invoke" {
  statement {
    sid       = "InvokeThisEndpoint"
    actions   = ["sagemaker:InvokeEndpointAsync"]
    resources = [local.endpoint_arn]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # The request itself and its answer pass through S3, from inside the network only.
  statement {
    sid       = "HandInRequests"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.payload.arn}/input/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  statement {
    sid       = "CollectAnswers"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.payload.arn}/output/*", "${aws_s3_bucket.payload.arn}/failure/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  statement {
    sid       = "SealAndUnsealThroughS3"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.endpoint.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }

  statement {
    sid       = "OnlyThroughPrivateLink"
    effect    = "Deny"
    actions   = ["sagemaker:InvokeEndpointAsync"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # API keys are passwords: they outlive sessions, leak in shell histories and carry no proof of who uses them.
  statement {
    sid    = "NoApiKeys"
    effect = "Deny"
    actions = [
      "bedrock:CallWithBearerToken",
      "bedrock-mantle:CallWithBearerToken",
      "iam:CreateServiceSpecificCredential",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "invoke_boundary" {
  name        = "records-ai-batch-invoke-boundary"
  description = "Upper limit of what callers of batch may do"
  policy      = data.aws_iam_policy_document.invoke_boundary.json
}

data "aws_iam_policy_document" "invoke_boundary" {
  statement {
    sid       = "InvokeThisEndpoint"
    actions   = ["sagemaker:InvokeEndpointAsync"]
    resources = [local.endpoint_arn]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # The request itself and its answer pass through S3, from inside the network only.
  statement {
    sid       = "HandInRequests"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.payload.arn}/input/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  statement {
    sid       = "CollectAnswers"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.payload.arn}/output/*", "${aws_s3_bucket.payload.arn}/failure/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  statement {
    sid       = "SealAndUnsealThroughS3"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.endpoint.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }

  statement {
    sid       = "OnlyThroughPrivateLink"
    effect    = "Deny"
    actions   = ["sagemaker:InvokeEndpointAsync"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # API keys are passwords: they outlive sessions, leak in shell histories and carry no proof of who uses them.
  statement {
    sid    = "NoApiKeys"
    effect = "Deny"
    actions = [
      "bedrock:CallWithBearerToken",
      "bedrock-mantle:CallWithBearerToken",
      "iam:CreateServiceSpecificCredential",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "NothingOutsideTheBoundary"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = ["us-gov-west-1"]
    }
  }
}
