using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Quality;
using Platform.Domain.Warehouses;

namespace Platform.Api.Quality;

internal sealed class InspectionType : Readable<Inspection>
{
    public InspectionType()
        : base("Inspection", "inspections", "quality.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number, "Its number, as people name it.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Verdict, "What was decided about the goods as a whole.");
        Column(row => row.SourceKind, "The kind of document line that brought the goods.");
        Column(row => row.SourceId, "The document line that brought the goods.");
        Column(row => row.AcceptedAs);
        Column(row => row.Quantity, "Base units that wait for it.");
        Column(row => row.Sample, "How many of them are looked at.");
        Column(row => row.AcceptUpTo, "How many of the sample may fail before the lot does.");
        Column(row => row.Characteristics);
        Column(row => row.PolicyNumber, "The version of the rules that asked for it.");
        Column(row => row.Rule, "The line of the rules that asked for it.");
        Column(row => row.Why, "Why it is needed, in words.");
        Column(row => row.Accepted, "Base units that were accepted.");
        Column(row => row.Rejected, "Base units that were rejected.");
        Column(row => row.Disposed);
        Column(row => row.DueAt, "Until when somebody should have decided.");
        Column(row => row.StrandedAt);
        Column(row => row.InspectorId, "The account of whoever looks at the goods.");
        Column(row => row.Inspector, "Who looks at the goods.");
        Column(row => row.StartedAt, "When somebody began to look.");
        Column(row => row.DecidedAt, "When it was decided.");
        Column(row => row.Reason, "Why it was decided so, or called off.");
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Bin>("bin", row => row.BinId, "Where the goods lay when it was opened.");
        One<Item>("item", row => row.ItemId, "What is looked at.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered it.");
        One<Owner>("owner", row => row.OwnerId, "Whose goods they are.");
        Many<InspectionPart>("parts", row => row.InspectionId, "The units, by lot, serial and handling unit.");
        Many<InspectionResult>("results", row => row.InspectionId, "What was found, every time somebody looked.");
    }
}

internal sealed class InspectionPartType : Readable<InspectionPart>
{
    public InspectionPartType()
        : base("InspectionPart", "inspectionParts", "quality.read")
    {
        ScopedLike<Inspection>(row => row.InspectionId);
        Column(row => row.Part, "Its number within the inspection.");
        Column(row => row.HandlingUnitId, "The pallet or carton in which it came.");
        Column(row => row.Quantity, "Base units of it.");
        Column(row => row.Accepted, "Base units that were accepted.");
        Column(row => row.Withheld);
        Column(row => row.Rejected, "Base units that were rejected.");
        Column(row => row.Disposed, "Of what was rejected, that of which it was carried out what becomes of it.");
        Column(row => row.Version);
        One<Inspection>("inspection", row => row.InspectionId, "The inspection.");
        One<Lot>("lot", row => row.LotId, "Its lot.");
        One<Serial>("serial", row => row.SerialId, "Its serial number.");
    }
}

internal sealed class InspectionResultType : Readable<InspectionResult>
{
    public InspectionResultType()
        : base("InspectionResult", "inspectionResults", "quality.read")
    {
        ScopedLike<Inspection>(row => row.InspectionId);
        Column(row => row.Sequence);
        Column(row => row.Characteristic, "The code of what was looked at.");
        Column(row => row.Tested, "How many units were looked at.");
        Column(row => row.Failed, "How many of them failed.");
        Column(row => row.Measured, "The measure, where there is one.");
        Column(row => row.IsPassed, "Whether none failed.");
        Column(row => row.Note, "What people should know of it.");
        Column(row => row.Evidence);
        Column(row => row.FoundBy, "The account that wrote it down.");
        Column(row => row.Finder, "Who wrote it down.");
        Column(row => row.FoundAt, "When it was written down.");
        One<Inspection>("inspection", row => row.InspectionId, "The inspection.");
    }
}

internal sealed class InspectionJudgementType : Readable<InspectionJudgement>
{
    public InspectionJudgementType()
        : base("InspectionJudgement", "inspectionJudgements", "quality.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Sequence);
        Column(row => row.SourceKind, "The kind of document line that brought the goods.");
        Column(row => row.SourceId, "The document line that brought the goods.");
        Column(row => row.Quantity, "Base units that came.");
        Column(row => row.Risk, "The risk that was found in the delivery, from 0 to 1.");
        Column(row => row.IsInspected, "Whether the lot is inspected.");
        Column(row => row.Sample, "How many units are looked at.");
        Column(row => row.PolicyNumber, "The version of the rules that decided.");
        Column(row => row.Rule, "The line of the rules that decided.");
        Column(row => row.Why, "Why, in words.");
        Column(row => row.JudgedAt, "When it was decided.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Item>("item", row => row.ItemId, "What came.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered it.");
    }
}
