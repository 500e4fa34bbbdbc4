public class Send : CodedWorkflow
{
    public void Execute() => office365.Mail(connections.O365Mail.Robot).SendEmail("a@contoso.com", "Hi", "Text");
}
