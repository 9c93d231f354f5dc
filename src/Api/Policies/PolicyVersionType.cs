using Platform.Api.Reading.Declaring;
using Platform.Domain.Policies;

namespace Platform.Api.Policies;

internal sealed class PolicyVersionType : Readable<PolicyVersion>
{
    public PolicyVersionType()
        : base("PolicyVersion", "policyVersions", "policies.read")
    {
        Shared();
        Column(row => row.Kind, "What it decides.");
        Column(row => row.Number);
        Column(row => row.Status, "Whether it is tried, in force, or taken back.");
        Column(row => row.Body);
        Column(row => row.Note, "What its author says of it.");
        Column(row => row.DraftedBy, "The account that wrote it.");
        Column(row => row.DraftedAt, "When it was written.");
        Column(row => row.Simulation);
        Column(row => row.SimulatedAt, "When it was tried.");
        Column(row => row.EffectiveFrom, "From when it holds.");
        Column(row => row.PublishedBy, "The account that put it in force.");
        Column(row => row.PublishedAt, "When it was put in force.");
        Column(row => row.WithdrawnBy, "The account that took it back.");
        Column(row => row.WithdrawnAt, "When it was taken back.");
        Column(row => row.Version);
    }
}
