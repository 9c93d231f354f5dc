using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>Writes a comment, evidence or a decision into a case, closed or not. It stays.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>]
public sealed record AddCaseNote(ExceptionCaseId Case, NoteKind Kind, string Body, string? Evidence) : ICommand<CaseNoteAdded>;

public sealed record CaseNoteAdded(ExceptionNoteId Note, ExceptionCaseId Case, NoteKind Kind, string Body, string? Evidence) : IEvent
{
    public Subject Subject => new(nameof(ExceptionCase), Case.Value);
}

internal sealed class AddCaseNoteHandler(PlatformDb db) : ICommandHandler<AddCaseNote, CaseNoteAdded>
{
    public async Task<Result<CaseNoteAdded>> HandleAsync(AddCaseNote command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Known<NoteKind>("kind", command.Kind)
            ?? Field.Text("body", command.Body, most: 4000)
            ?? (command.Kind == NoteKind.Evidence
                ? Field.Text("evidence", command.Evidence, most: 1000)
                : Field.OptionalText("evidence", command.Evidence, most: 1000));
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.LockCaseAsync(command.Case, ct) is null)
        {
            return new ExceptionCaseNotFound(command.Case);
        }

        var id = new ExceptionNoteId(Guid.CreateVersion7(envelope.Now));
        db.Add(ExceptionNote.Write(id, command, envelope));
        var added = new CaseNoteAdded(id, command.Case, command.Kind, command.Body, command.Evidence);
        db.Raise(added);
        return added;
    }
}
