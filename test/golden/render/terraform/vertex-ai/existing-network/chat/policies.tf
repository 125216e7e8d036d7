# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# What nobody in the project may do, whoever they are. What the folder denies stays denied; where both say what alone is allowed, these
# stand in place of the folder's, so look that they allow no more.

# Nothing is made outside of the boundary's regions.
# gcp-org-policy-guards: CM-7 AC-3
# gcp-org-policy-locations: SA-9(5) CM-7
resource "google_org_policy_policy" "locations" {
  name   = "projects/${var.project_id}/policies/gcp.resourceLocations"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      values {
        allowed_values = ["in:us-east4-locations"]
      }
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# Nothing is stored without a key of this project.
# gcp-org-policy-cmek: SC-28 SC-28(1) SC-12
# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "own_keys" {
  name   = "projects/${var.project_id}/policies/gcp.restrictNonCmekServices"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    inherit_from_parent = true

    rules {
      values {
        denied_values = ["aiplatform.googleapis.com", "logging.googleapis.com", "storage.googleapis.com"]
      }
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "key_projects" {
  name   = "projects/${var.project_id}/policies/gcp.restrictCmekCryptoKeyProjects"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      values {
        allowed_values = ["projects/${var.project_id}"]
      }
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
# gcp-org-policy-tls: SC-8 SC-8(1) SC-13
resource "google_org_policy_policy" "tls" {
  name   = "projects/${var.project_id}/policies/gcp.restrictTLSVersion"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    inherit_from_parent = true

    rules {
      values {
        denied_values = ["TLS_VERSION_1", "TLS_VERSION_1_1"]
      }
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "no_external_addresses" {
  name   = "projects/${var.project_id}/policies/compute.vmExternalIpAccess"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      deny_all = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-no-service-account-keys: IA-5 AC-2
# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "no_account_keys" {
  name   = "projects/${var.project_id}/policies/iam.disableServiceAccountKeyCreation"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "no_uploaded_keys" {
  name   = "projects/${var.project_id}/policies/iam.disableServiceAccountKeyUpload"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "no_default_grants" {
  name   = "projects/${var.project_id}/policies/iam.automaticIamGrantsForDefaultServiceAccounts"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "uniform_buckets" {
  name   = "projects/${var.project_id}/policies/storage.uniformBucketLevelAccess"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}

# gcp-org-policy-guards: CM-7 AC-3
resource "google_org_policy_policy" "no_public_buckets" {
  name   = "projects/${var.project_id}/policies/storage.publicAccessPrevention"
  parent = "projects/${google_project.endpoint.project_id}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }

  depends_on = [google_project_service.orgpolicy]
}
