"""What people learn: courses, certificates, and what earns and ends them."""

from svcstd.training.certificate import CertificateRule, Certified, StaleAfter, certify
from svcstd.training.course import Course, CourseMode, MarkSource, learning_path

__all__ = [
    "CertificateRule",
    "Certified",
    "Course",
    "CourseMode",
    "MarkSource",
    "StaleAfter",
    "certify",
    "learning_path",
]
